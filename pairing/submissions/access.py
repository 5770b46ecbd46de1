"""A view that writes runs in one transaction, and once for one key, however often its form is sent."""

from collections.abc import Callable

from flask import Response, make_response, redirect, request
from flask import session as signed
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from pairing import clock
from pairing.db import transaction
from pairing.submissions.forms import digest, sender
from pairing.submissions.services import claim, forget, settle
from pairing.web.form import usable_key

AGAIN = {"40001", "40P01"}  # PostgreSQL: two deeds got in each other's way, one of them may try again
TRIES = 4


class _NotDoneError(Exception):
    """The view refused; what it wrote meanwhile is taken back."""

    def __init__(self, answer: Response) -> None:
        super().__init__()
        self.answer = answer


def answer_once(view: Callable[[], ResponseReturnValue]) -> Response:
    """Claim the key of the form, run *view*, keep where it led to: all in one transaction, or nothing.

    The same form again leads where the first one led; a refused one (status 400 and above) leaves
    nothing behind, so that it can be corrected and sent again with the same key.

    Raises
    ------
    RuleBroken : the key was used for something else ("already_sent").
    """
    before = dict(signed)
    for tries_left in reversed(range(TRIES)):
        try:
            return _attempt(view)
        except _NotDoneError as refused:
            return refused.answer
        except OperationalError as error:
            if not tries_left or getattr(error.orig, "sqlstate", None) not in AGAIN:
                raise
            _start_over(before)
    raise AssertionError("the last try has answered or raised")


def _attempt(view: Callable[[], ResponseReturnValue]) -> Response:
    key = usable_key(request.form.get("request_key"))
    with transaction() as session:
        who = sender()
        first = claim(session, who, key, digest(), clock.now())
        if first is not None:
            return make_response(redirect(first, 303))
        answer = make_response(view())
        if answer.status_code >= 400:
            raise _NotDoneError(answer)
        if answer.location:
            settle(session, who, key, answer.location)
        else:
            forget(session, who, key)
        return answer


def _start_over(before: dict[str, object]) -> None:
    signed.clear()
    signed.update(before)
    for upload in request.files.values():
        upload.stream.seek(0)

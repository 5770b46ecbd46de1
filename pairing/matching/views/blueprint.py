"""The blueprint, and what its pages share."""

from flask import Blueprint
from flask_login import current_user
from sqlalchemy.orm import Session

from pairing import clock
from pairing.submissions.services import claim, settle
from pairing.web.form import BaseForm

bp = Blueprint("matching", __name__, url_prefix="/matching")


def sent_before(session: Session, form: BaseForm) -> str | None:
    """Return where the first sending of *form* led to; None for the first one, which must be settled."""
    return claim(session, _sender(), form.request_key.data, clock.now())


def settle_at(session: Session, form: BaseForm, location: str) -> str:
    """Keep where the form led to, and return it."""
    settle(session, _sender(), form.request_key.data, location)
    return location


def is_first(session: Session, form: BaseForm, location: str) -> bool:
    """Whether the form has not done its deed yet; if not, it is settled at *location*."""
    if sent_before(session, form) is not None:
        return False
    settle_at(session, form, location)
    return True


def _sender() -> str:
    return f"user:{current_user.id}"

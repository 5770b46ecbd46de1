"""A form that does its deed once where the view opens its own transaction: to hash, to read files.

Every other form is kept to one deed by the guard before its view (`accounts.access`).
"""

import hashlib
import hmac
import json

from flask import current_app, request
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from pairing import clock
from pairing.db import current_session
from pairing.submissions.services import claim, find_answer, settle
from pairing.web.form import BaseForm

OWN_KEYS = ("csrf_token", "request_key")


def first_answer(form: BaseForm) -> str | None:
    """Return where *form* led to when it was sent before; asked before its fields are checked."""
    return find_answer(current_session(), sender(), form.request_key.data, digest())


def claim_form(session: Session, form: BaseForm) -> str | None:
    """Return where the first sending of *form* led to; None for the first one, which must be settled."""
    return claim(session, sender(), form.request_key.data, digest(), clock.now())


def settle_form(session: Session, form: BaseForm, location: str) -> str:
    """Keep where the form led to, and return it."""
    settle(session, sender(), form.request_key.data, location)
    return location


def is_first(session: Session, form: BaseForm, location: str) -> bool:
    """Whether *form* has not done its deed yet; if not, it is settled at *location*."""
    if claim_form(session, form) is not None:
        return False
    settle_form(session, form, location)
    return True


def digest() -> bytes:
    """Return a keyed fingerprint of what was sent, without the keys of the form itself."""
    fields = sorted((name, values) for name, values in request.form.lists() if name not in OWN_KEYS)
    files = sorted((name, *_looks(upload)) for name, upload in request.files.items(multi=True))
    body = json.dumps([request.path, fields, files]).encode()
    return hmac.digest(str(current_app.secret_key).encode(), body, "sha256")


def _looks(upload: FileStorage) -> tuple[str, str]:
    """Return name and fingerprint of a file, from its first byte; phones call every photo image.jpg."""
    upload.stream.seek(0)
    content = hashlib.file_digest(upload.stream, "sha256").hexdigest()  # type: ignore[arg-type]  # it has readinto
    upload.stream.seek(0)
    return upload.filename or "", content


def sender() -> str:
    """Return who sends, as a key: nobody meets the forms of somebody else."""
    return f"user:{current_user.id}" if current_user.is_authenticated else "public"

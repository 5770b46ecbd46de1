"""The form that every page's form is made from."""

from uuid import uuid4

from flask_wtf import FlaskForm
from wtforms import HiddenField

KEY_LENGTH = 64  # of the column


def new_request_key() -> str:
    """Make the key of one deed; the same key sent again leads to the first answer."""
    return uuid4().hex


def usable_key(key: str | None) -> str:
    """Return *key* if it can be kept; whoever sends a longer one has changed it and sends without one."""
    return key if key and len(key) <= KEY_LENGTH else ""


class BaseForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """A form with its token and the key of its deed; messages come in the reader's language."""

    request_key = HiddenField(default=new_request_key, filters=[usable_key])

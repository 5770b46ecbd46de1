"""The form that every page's form is made from."""

from uuid import uuid4

from flask_wtf import FlaskForm
from wtforms import HiddenField


def new_request_key() -> str:
    """Make the key of one deed; the same key sent again leads to the first answer."""
    return uuid4().hex


class BaseForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """A form with its token and the key of its deed; messages come in the reader's language."""

    request_key = HiddenField(default=new_request_key)

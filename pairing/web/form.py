"""The form that every page's form is made from."""

from uuid import uuid4

from flask import Flask
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from wtforms import HiddenField

KEY_LENGTH = 64  # of the column


def new_request_key() -> str:
    """Make the key of one deed; the same key sent again leads to the first answer."""
    return uuid4().hex


def usable_key(key: str | None) -> str:
    """Return *key* if it can be kept; whoever sends a longer one has changed it and sends without one."""
    return key if key and len(key) <= KEY_LENGTH else ""


def form_keys() -> Markup:
    """Return the hidden fields of a form that is nothing but a button: its token and the key of its deed."""
    fields = Markup('<input type="hidden" name="{}" value="{}">')
    return fields.format("csrf_token", generate_csrf()) + fields.format("request_key", new_request_key())


class BaseForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """A form with its token and the key of its deed; messages come in the reader's language."""

    request_key = HiddenField(default=new_request_key, filters=[usable_key])


def init_app(app: Flask) -> None:
    """Let templates write the keys of a form."""
    app.jinja_env.globals["form_keys"] = form_keys

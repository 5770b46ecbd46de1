"""What is looked for in a register lies in the signed session, not in an address: it may be a name."""

from flask import session
from flask_babel import lazy_gettext as _
from wtforms import StringField

from pairing.web.form import BaseForm

LONGEST = 60


class SearchForm(BaseForm):
    """A name, a number or a telephone to look for."""

    term = StringField(_("查找"))


def kept_term(register: str) -> str:
    """Return what is looked for in *register*, "" for nothing."""
    return str(session.get(f"{register}-term", ""))


def keep_term(register: str) -> None:
    """Look for what was sent from now on."""
    form = SearchForm()
    typed = form.term.data if form.validate_on_submit() else None
    session[f"{register}-term"] = (typed or "").strip()[:LONGEST]

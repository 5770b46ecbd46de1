"""What is looked for in a register lies sealed in the browser, not in an address: it may be a name."""

from base64 import b64decode, b64encode

from flask import session
from flask_babel import lazy_gettext as _
from wtforms import StringField

from pairing.privacy.sealed import open_sealed, seal
from pairing.web.form import BaseForm

LONGEST = 60
PLACE = "search.term"


class SearchForm(BaseForm):
    """A name, a number or a telephone to look for."""

    term = StringField(_("查找"))


def kept_term(register: str) -> str:
    """Return what is looked for in *register*, "" for nothing, and for what this house has not sealed."""
    try:
        kept = str(session.get(f"{register}-term") or "")
        return open_sealed(PLACE, b64decode(kept, validate=True)) if kept else ""
    except ValueError:
        return ""


def keep_term(register: str) -> None:
    """Look for what was sent from now on."""
    form = SearchForm()
    typed = form.term.data if form.validate_on_submit() else None
    term = (typed or "").strip()[:LONGEST]
    session[f"{register}-term"] = b64encode(seal(PLACE, term)).decode() if term else ""

"""How a reader wants the pages: language and type size, remembered by this browser for a year."""

import json
from typing import Any
from urllib.parse import unquote

from flask import Blueprint, Flask, Response, current_app, redirect, request

from pairing.web.language import COOKIE, TAGS, choose_locale, cookie_name, locale_of

bp = Blueprint("preferences", __name__, url_prefix="/preferences")
TYPE_COOKIE = "type"
LARGE = "large"
YEAR_SECONDS = 31_536_000
SWAPS = [
    {"code": "204", "swap": False},
    {"code": "[23]..", "swap": True},
    {"code": "422", "swap": True},  # a form comes back with its errors
    {"code": "[45]..", "swap": False, "error": True},
]
HTMX_CONFIG = json.dumps(
    {"includeIndicatorStyles": False, "allowEval": False, "selfRequestsOnly": True, "responseHandling": SWAPS}
)


def own_path(target: str | None, otherwise: str = "/") -> str:
    """Return *target* if it is a path on this site, however a browser may read it, else *otherwise*."""
    text = target or ""
    readings = (text, unquote(text), unquote(unquote(text)))
    return text if all(_stays_here(reading) for reading in readings) else otherwise


def _stays_here(text: str) -> bool:
    """Whether it begins with one slash and holds nothing that a browser drops or takes for a slash."""
    path = text.split("?")[0].split("#")[0]
    return path.startswith("/") and not path.startswith("//") and "\\" not in path and text.isprintable()


@bp.post("")
def set_preference() -> Response:
    """Remember the language or the type size that was asked for, and go back to the page."""
    answer = redirect(own_path(request.form.get("next")), 303)
    if "language" in request.form:
        _remember(answer, COOKIE, locale_of(request.form["language"]))
    if "type" in request.form:
        _remember(answer, TYPE_COOKIE, LARGE if request.form["type"] == LARGE else "normal")
    return answer  # type: ignore[return-value]  # Flask's redirect answers with werkzeug's base class


def _remember(answer: Any, name: str, value: str) -> None:  # noqa: ANN401 - see above
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    answer.set_cookie(
        cookie_name(name), value, max_age=YEAR_SECONDS, httponly=True, samesite="Lax", secure=secure
    )


def page_preferences() -> dict[str, Any]:
    """Return what the layout needs to know of the reader's wishes."""
    return {
        "page_language": TAGS[choose_locale()],
        "large_type": request.cookies.get(cookie_name(TYPE_COOKIE)) == LARGE,
        "htmx_config": HTMX_CONFIG,
    }


def init_app(app: Flask) -> None:
    """Add the switch and tell every page what was chosen."""
    app.register_blueprint(bp)
    app.context_processor(page_preferences)

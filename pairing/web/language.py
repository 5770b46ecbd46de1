"""Which language a page speaks."""

from flask import request, session

LOCALES = ("zh_CN", "en")


def choose_locale() -> str:
    """Return the chosen locale, else Chinese if the browser names it at all, else English if it does."""
    if session.get("locale") in LOCALES:
        return str(session["locale"])
    tags = [tag.lower() for tag, _quality in request.accept_languages]
    if any(tag.startswith("zh") for tag in tags) or not any(tag.startswith("en") for tag in tags):
        return "zh_CN"
    return "en"

"""Which language a page is in: Chinese, until the reader switches."""

from flask import current_app, has_request_context, request

CHINESE = "zh_CN"
ENGLISH = "en"
COOKIE = "language"
TAGS = {CHINESE: "zh-CN", ENGLISH: "en"}


def cookie_name(name: str) -> str:
    """Return the name of a cookie of ours: over https no other host of the domain can plant it."""
    return f"__Host-{name}" if current_app.config["SESSION_COOKIE_SECURE"] else name


def locale_of(tag: str) -> str:
    """Return our locale for a language tag; whatever begins with ``zh`` is Chinese, and so is the unknown."""
    return ENGLISH if tag.lower().replace("_", "-").split("-")[0] == ENGLISH else CHINESE


def choose_locale() -> str:
    """Return the locale of this request; outside of one (mails, commands) it is Chinese."""
    return locale_of(request.cookies.get(cookie_name(COOKIE), "")) if has_request_context() else CHINESE

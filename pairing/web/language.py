"""Which language a page is in: Chinese, until the reader switches."""

from flask import has_request_context, request

CHINESE = "zh_CN"
ENGLISH = "en"
COOKIE = "language"
TAGS = {CHINESE: "zh-CN", ENGLISH: "en"}


def locale_of(tag: str) -> str:
    """Return our locale for a language tag; whatever begins with ``zh`` is Chinese, and so is the unknown."""
    return ENGLISH if tag.lower().replace("_", "-").split("-")[0] == ENGLISH else CHINESE


def choose_locale() -> str:
    """Return the locale of this request; outside of one (mails, commands) it is Chinese."""
    return locale_of(request.cookies.get(COOKIE, "")) if has_request_context() else CHINESE

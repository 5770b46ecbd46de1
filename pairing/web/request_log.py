"""One line for every request: who by number, what by endpoint, how it ended; never a path or a query."""

import re
import secrets
import time
from types import TracebackType
from typing import Any

import structlog
from flask import Flask, Response, g, request
from flask_login import current_user

from pairing.logs import say

HEADER = "X-Request-Id"
PLAIN = re.compile(r"[0-9A-Za-z-]{8,32}")
SILENT = ("static", "insight.show_health")  # too many to be worth a line


def request_id(given: str, is_behind_proxy: bool) -> str:
    """Return the id of this request: that of our own proxy if it is a plain one, else a new one."""
    return given if is_behind_proxy and PLAIN.fullmatch(given) else secrets.token_hex(8)


def begin(app: Flask) -> None:
    """Note when the request came and who sent it."""
    g.started = time.perf_counter()
    settings = app.config.get("PAIRING")
    g.setdefault(
        "request_id", request_id(request.headers.get(HEADER, ""), bool(settings and settings.proxy_hops))
    )
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id, endpoint=request.endpoint, **_who())


def _who() -> dict[str, Any]:
    if request.endpoint == "static" or not current_user.is_authenticated or not hasattr(current_user, "role"):
        return {}
    return {"user_id": current_user.id, "role": current_user.role.value, "area_code": current_user.area_code}


def end(answer: Response) -> Response:
    """Write the line."""
    if "started" in g and request.endpoint not in SILENT:
        duration_ms = round((time.perf_counter() - g.started) * 1000, 1)
        say("request", method=request.method, status=answer.status_code, duration_ms=duration_ms)
    if "request_id" in g:
        answer.headers.setdefault(HEADER, g.request_id)
    return answer


def forget(_error: BaseException | None) -> None:
    """Leave nothing of this request for the next one."""
    structlog.contextvars.clear_contextvars()


def init_app(app: Flask) -> None:
    """Log the requests of *app*, and its unexpected errors without their paths."""
    app.before_request(lambda: begin(app))
    app.after_request(end)
    app.teardown_request(forget)
    app.log_exception = lambda info: _log_exception(app, info)  # type: ignore[assignment,method-assign]


def _log_exception(
    app: Flask, info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]
) -> None:
    app.logger.error("unexpected error", exc_info=info)

"""Headers of every answer. No page has inline script or style, so they are constants."""

from flask import Flask, Response, current_app, request, session

from pairing.web.assets import STATIC, VENDOR

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
YEAR_SECONDS = 31_536_000
SIGNED_IN = "_user_id"  # Flask-Login's mark in the session
PENDING = "pending"  # the mark of somebody who still owes a code


def add_headers(answer: Response) -> Response:
    """Set what the answer does not say itself."""
    for name, value in ALWAYS.items():
        answer.headers.setdefault(name, value)
    if request.is_secure or current_app.config["SESSION_COOKIE_SECURE"]:  # also where a proxy says too little
        answer.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR_SECONDS}; includeSubDomains")
    answer.headers["Cache-Control"] = _caching(answer)
    return answer


def _caching(answer: Response) -> str:
    if request.endpoint != STATIC:
        is_page = request.method in ("GET", "HEAD") and answer.status_code == 200
        may_be_kept = is_page and not {SIGNED_IN, PENDING} & session.keys()
        return "private, no-cache" if may_be_kept else "no-store"  # what was typed comes back in an answer
    versioned = "v" in request.args or (request.view_args or {}).get("filename", "").startswith(VENDOR)
    return (
        f"public, max-age={YEAR_SECONDS}, immutable" if versioned and answer.status_code < 400 else "no-cache"
    )


def init_app(app: Flask) -> None:
    """Add the headers to every answer of *app*."""
    app.after_request(add_headers)

"""Every view says who may call it; `check_endpoints` refuses to start an app where one does not."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, abort, redirect, request, url_for
from flask_login import current_user

from pairing.accounts.rules import Permission, may

P = ParamSpec("P")
R = TypeVar("R")
PUBLIC = "public"
RULE = "pairing_access"  # attribute of a view that holds its permission


def require(permission: Permission) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    """Let only people with *permission* call the view; strangers sign in first, others see a 404."""

    def decorate(view: Callable[P, Any]) -> Callable[P, Any]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:  # noqa: ANN401 - whatever the view answers
            if not current_user.is_authenticated:
                return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
            if not may(current_user.role, permission):
                abort(404)
            return view(*args, **kwargs)

        setattr(guarded, RULE, permission)
        return guarded

    return decorate


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Say that anybody may call the view."""
    setattr(view, RULE, PUBLIC)
    return view


def check_endpoints(app: Flask) -> None:
    """Refuse to start when an endpoint says nothing about who may call it."""
    silent = [
        name for name, view in app.view_functions.items() if name != "static" and not hasattr(view, RULE)
    ]
    if silent:
        raise RuntimeError(f"endpoints without an access rule: {', '.join(sorted(silent))}")

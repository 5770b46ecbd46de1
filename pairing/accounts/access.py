"""Nobody enters by accident: the guard stands before every view and asks one table who may pass."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import Any

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import TooManyRequests

from pairing import clock
from pairing.accounts.rules import Permission, may
from pairing.audit.services import record_refusal
from pairing.db import transaction
from pairing.errors import NotFound
from pairing.logs import say
from pairing.submissions.access import answer_once
from pairing.submissions.forms import sender
from pairing.throttle.rules import LIMITS
from pairing.throttle.services import is_too_often

TABLE = "pairing_access"  # in app.extensions
OPEN = "static"  # files that hold nothing of anybody


class Scope(StrEnum):
    """Whose records an endpoint shows or changes; everything else is not there (404)."""

    NOTHING = "nothing"  # of nobody: a form, a text, a switch
    SELF = "self"  # what belongs to the signed-in person: account, inbox, home
    AREA = "area"  # of the places under the person's own area code
    RELATION = "relation"  # of the own pairings, or of the own company
    AREA_OR_RELATION = "area_or_relation"  # staff by area, the others by relation


@dataclass(frozen=True)
class Access:
    """One row: who may call an endpoint, whose records it touches, how often, and if a form counts once."""

    permission: Permission | None  # None: anybody
    scope: Scope
    limit: str = ""  # of `throttle.rules`; counts what is sent, or what is fetched where nothing can be sent
    once: bool = True  # False: the view keeps to one deed itself, or repeating it does no harm


def guard(app: Flask, table: Mapping[str, Access]) -> None:
    """Put the guard before every view of *app*.

    Raises
    ------
    RuntimeError : an endpoint has no row, a row has no endpoint, or names a limit that does not exist.
    """
    endpoints = set(app.view_functions) - {OPEN}
    odd = endpoints ^ set(table) | {name for name, row in table.items() if row.limit not in {"", *LIMITS}}
    if odd:
        raise RuntimeError(f"the access table and the endpoints differ: {', '.join(sorted(odd))}")
    for endpoint, row in table.items():
        app.view_functions[endpoint] = _guarded(app.view_functions[endpoint], row)
    app.extensions[TABLE] = table


def _guarded(view: Callable[..., Any], row: Access) -> Callable[..., ResponseReturnValue]:
    @wraps(view)
    def guarded(**arguments: Any) -> ResponseReturnValue:  # noqa: ANN401 - what the address holds
        if row.permission is not None and not current_user.is_authenticated:
            return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
        _admit(row)
        try:
            if row.once and request.method == "POST":
                return answer_once(lambda: view(**arguments))
            answer: ResponseReturnValue = view(**arguments)
        except NotFound:
            tell_refusal("refused", "scope", status=404)
            raise
        return answer

    return guarded


def _admit(row: Access) -> None:
    """Refuse who has no right, or asks too often; the trail hears of it, the reader learns nothing."""
    if row.permission is not None and not may(current_user.role, row.permission):
        tell_refusal("refused", "permission", status=404)
        raise NotFound
    if row.limit and _counts() and _is_too_often(row.limit):
        tell_refusal("rate_limited", row.limit, limit=row.limit)
        raise TooManyRequests(retry_after=int(LIMITS[row.limit].span.total_seconds()))


def tell_refusal(event: str, reason: str, **fields: object) -> None:
    """Log a refusal, and write it into the trail in a transaction of its own."""
    say(event, **fields)
    by = current_user if current_user.is_authenticated else None
    with transaction() as session:
        record_refusal(session, by, request.endpoint or "", reason, clock.now())


def line_of(address: str) -> str:
    """Return what one subscriber has: an address of IPv4, or the whole /64 of IPv6."""
    with suppress(ValueError):
        if ip_address(address).version == 6:
            return str(ip_network(f"{address}/64", strict=False))
    return address


def _counts() -> bool:
    """Whether this request is one of those that a limit is about."""
    methods = request.url_rule.methods if request.url_rule else None
    return request.method == "POST" or "POST" not in (methods or ())


def _is_too_often(limit: str) -> bool:
    who = sender() if current_user.is_authenticated else f"address:{line_of(request.remote_addr or '')}"
    factor = current_app.config["PAIRING"].rate_factor
    with transaction() as session:
        return is_too_often(session, limit, who, clock.now(), factor)

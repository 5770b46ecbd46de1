"""Telling the trail who is at the other end of a request, and what that person opened."""

import ipaddress
import secrets
from contextlib import suppress

from flask import Flask, g, request
from flask_login import current_user

from pairing import clock
from pairing.audit.services import Actor, act_as, is_read_lately, listen_to, record_read, stop_acting
from pairing.db import current_session, db, transaction

COARSE = {4: 24, 6: 48}  # bits of an address that are kept: the network, not the machine


def init_app(app: Flask) -> None:
    """Let every session write its trail, and every request say who is at work."""
    listen_to(db.session)
    app.before_request(_begin)
    app.teardown_request(_end)


def note_read(subject: object) -> None:
    """Record that the signed-in person opened the whole file *subject*; call it when the page is made."""
    person, now = current_user._get_current_object(), clock.now()
    if not is_read_lately(current_session(), person, subject, now):
        with transaction() as session:
            record_read(session, person, subject, now)


def coarse(address: str | None) -> str:
    """Return the network of *address*: enough to tell one place from another, not one phone from another."""
    with suppress(ValueError):
        bits = COARSE[ipaddress.ip_address(address or "").version]
        return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))
    return ""


def _begin() -> None:
    if request.endpoint == "static":
        return
    g.setdefault("request_id", secrets.token_hex(8))
    person = current_user if current_user.is_authenticated else None
    number, name, place = (person.id, person.display_name, person.area_code) if person else (None, "", "")
    act_as(current_session(), Actor(number, name, coarse(request.remote_addr), g.request_id, place))


def _end(_error: BaseException | None) -> None:
    stop_acting(current_session())

"""What the browser keeps: a random token and nothing else. The row on the server says whose it is."""

import re

from flask import Blueprint, request, url_for
from flask import session as signed
from flask_login import login_user
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import SignInSession, User
from pairing.accounts.queries import find_session
from pairing.accounts.services import Device, sign_out, start_session
from pairing.db import current_session
from pairing.errors import NotFound
from pairing.web.headers import PENDING, SIGNED_IN
from pairing.web.preferences import own_path

bp = Blueprint("accounts", __name__, url_prefix="/accounts")
BROWSERS = (
    ("MicroMessenger", r"MicroMessenger"),
    ("Edge", r"Edg/|EdgA/"),
    ("QQ", r"MQQBrowser|QQ/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("HarmonyOS", r"HarmonyOS|OpenHarmony"),
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("macOS", r"Mac OS X|Macintosh"),
    ("Linux", r"Linux"),
)


def this_device() -> Device:
    """Say in two words what the browser is; no version, nothing that tells two telephones apart."""
    agent = request.headers.get("User-Agent", "")
    kinds = [
        next((name for name, mark in known if re.search(mark, agent)), "") for known in (BROWSERS, SYSTEMS)
    ]
    return Device(" · ".join(kind for kind in kinds if kind), request.remote_addr or "")


def open_session(session: Session, user: User) -> None:
    """Sign *user* in here, under a new value."""
    token, _row = start_session(session, user, this_device(), clock.now(), is_full=True)
    keep_full(user, token)


def keep_full(user: User, token: str) -> None:
    """Let this browser name the full session *token* from now on, and nothing that it held before."""
    signed.clear()
    login_user(user)
    signed.pop("_id", None)  # a digest of browser and address, which nobody needs
    signed[SIGNED_IN] = token
    signed.permanent = True


def open_pending(session: Session, user: User) -> None:
    """Remember that this browser has the password of *user* right; it is signed in nowhere yet."""
    token, _row = start_session(session, user, this_device(), clock.now(), is_full=False)
    signed.clear()
    signed[PENDING] = token


def pending() -> tuple[SignInSession, User] | None:
    """Return the sign-in that owes a code, and whose it is."""
    token = signed.get(PENDING)
    return find_session(current_session(), token, clock.now(), is_full=False) if token else None


def here(session: Session) -> SignInSession:
    """Return the session that this request came with; NotFound where it has just ended."""
    found = find_session(session, signed.get(SIGNED_IN, ""), clock.now())
    if found is None:
        raise NotFound
    return found[0]


def leave(session: Session) -> None:
    """End the session that this browser named, if there is one, before somebody else comes in."""
    if (found := find_session(session, signed.get(SIGNED_IN, ""), clock.now())) is not None:
        sign_out(session, found[0], clock.now())


def wanted() -> str:
    """Return the page that was asked for before signing in, on this site, else the start page."""
    return own_path(request.args.get("next"), url_for("insight.show_home"))

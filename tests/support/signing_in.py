"""Signing in by the pages, as people do."""

from typing import Any

import pyotp

from pairing import clock
from pairing.accounts.rules import DEMO_SECRET
from pairing.accounts.services.factors import STEP_S
from tests.support.makers import PASSWORD
from tests.support.pages import Page
from tests.support.reader import Reader

SIGN_IN = "/accounts/sign-in"


def code_now(steps: int = 0, secret: str = DEMO_SECRET) -> str:
    """Return what the authenticator shows now, or some steps before or after."""
    return pyotp.TOTP(secret).generate_otp(int(clock.now().timestamp()) // STEP_S + steps)


def type_in(
    reader: Reader, user: Any, password: str = PASSWORD, status: int = 303, path: str = SIGN_IN
) -> Page:
    """Type name and password, and press the button."""
    given = {"sign_in_name": user.sign_in_name, "password": password}
    return reader.get(path).submit(given, form="main form", status=status)


def type_code(page: Page, code: str, status: int = 303) -> Page:
    """Type a code on the page that asks for it."""
    return page.submit({"code": code}, status=status)


def cookie_of(reader: Reader) -> str:
    """Return what the browser would send."""
    found = reader.client.get_cookie("session")
    return found.value if found else ""


def with_cookie(reader: Reader, value: str) -> Reader:
    """Let a browser send a cookie that was kept from before."""
    reader.client.set_cookie("session", value)
    return reader

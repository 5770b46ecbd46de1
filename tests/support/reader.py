"""A person at the site: every page is parsed and checked, forms are filled in as they stand on the page."""

from contextvars import Context
from typing import Any, Self

from flask import Flask
from werkzeug.test import TestResponse

from pairing import clock
from pairing.accounts.models import User
from pairing.accounts.services import Device, start_session
from pairing.db import db, transaction
from pairing.web.headers import SIGNED_IN
from tests.support.pages import Page


class Reader:
    """Somebody with a browser of their own.

    Each request runs outside the test's app context, as it would in a server: it gets its own
    session of the database and its own ``g``.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()

    def sign_in(self, user: Any) -> Self:
        """Become *user* without typing a password; returns itself."""
        user_id = user.id
        db.session.commit()  # what is read again from here on would open a savepoint inside the other session
        self._apart(self._remember, user_id)
        return self

    def get(self, path: str, status: int = 200, **options: Any) -> Page:
        """Fetch the page at *path*, which must answer *status* and be sound."""
        return Page(self, self.fetch("GET", path, **options)).check(status)

    def fragment(self, path: str, status: int = 200, **options: Any) -> Page:
        """Fetch what htmx would swap in."""
        answer = self.fetch("GET", path, headers={"HX-Request": "true"}, **options)
        return Page(self, answer, whole=False).check(status)

    def download(self, path: str, status: int = 200) -> TestResponse:
        """Fetch something that is not a page."""
        answer = self.fetch("GET", path)
        assert answer.status_code == status, f"{path}: {answer.status}"
        return answer

    def post(self, path: str, data: dict[str, Any], status: int, typed: str = "") -> Page:
        """Send a form; a redirect is followed once, as a browser does, and must lead to a page."""
        answer = self.fetch("POST", path, data=data)
        assert answer.status_code == status, (
            f"POST {path}: {answer.status}, expected {status}\n{answer.text[:3000]}"
        )
        if status == 303:
            return self.get(answer.headers["Location"])
        return Page(self, answer).check(status, typed)

    def fetch(self, method: str, path: str, **options: Any) -> TestResponse:
        """Send a request and return the answer unchecked."""
        db.session.commit()  # what the test has made is there, and what it knows is read again afterwards
        return self._apart(self.client.open, path, method=method, **options)

    def _remember(self, user_id: int) -> None:
        with self.app.app_context(), transaction() as session:
            token, _row = start_session(session, session.get_one(User, user_id), Device(), clock.now(), True)
        with self.client.session_transaction() as cookie:
            cookie[SIGNED_IN] = token
            cookie.permanent = True

    def _apart(self, deed: Any, *arguments: Any, **options: Any) -> Any:
        return Context().run(deed, *arguments, **options)

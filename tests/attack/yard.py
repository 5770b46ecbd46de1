"""A site with people who all click at the same moment, through the same pages as everybody."""

from collections import Counter
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from flask import Flask

from pairing import clock
from pairing.accounts.models import User
from pairing.consents.rules import GivenHow, Purpose
from pairing.consents.services import ConsentValues, give_consent
from pairing.db import current_session, transaction
from pairing.households.models import Household
from tests.support.makers import NOW, make_company_user, make_household, make_staff, make_volunteer_user
from tests.support.reader import Reader
from tests.support.together import together

CROWD = 50


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in: cookies, and the token of a form on a page of theirs."""

    user_id: int
    row_id: int  # of the volunteer or the company
    cookies: dict[Any, Any]
    token: str


@dataclass
class Yard:
    """The app, who is signed in, and what everybody was answered so far."""

    app: Flask
    staff: Person
    company: Person
    volunteers: list[Person]
    answers: Counter[int] = field(default_factory=Counter)

    def burst(self, clicks: list[tuple[Person, str, dict[str, Any]]]) -> list[int]:
        """Send all forms at once; return the statuses in order."""
        given = together(len(clicks), lambda number: self.click(*clicks[number]))
        strange = [answer for answer in given if not isinstance(answer, int) or answer >= 500]
        assert not strange, f"{len(strange)} answers that nobody should see: {strange[0]!r}"
        self.answers.update(given)
        return given

    def click(self, who: Person, path: str, values: dict[str, Any]) -> int:
        """Send one form from a browser of its own; without a key among *values* it has a new one."""
        client = self.app.test_client()
        client._cookies.update(who.cookies)
        data = {"csrf_token": who.token, "request_key": uuid4().hex} | values
        return Context().run(client.post, path, data=data).status_code

    def __enter__(self) -> Any:
        self.context = self.app.app_context()
        self.context.push()
        return current_session()

    def __exit__(self, *error: object) -> None:
        self.context.pop()


def open_yard(app: Flask, volunteers: int = CROWD) -> Yard:
    """Let a member of staff, a company and many volunteers in; an error is answered as outside."""
    app.testing = False
    with app.app_context():
        with transaction():
            staff, (owner, company) = make_staff(), make_company_user()
            people = [make_volunteer_user(name=f"陈{number}") for number in range(volunteers)]
        let_in = [(staff, staff), (owner, company), *people]
        guests = [_arrive(app, user, row) for user, row in let_in]
    return Yard(app, guests[0], guests[1], guests[2:])


def _arrive(app: Flask, user: User, row: Any) -> Person:
    reader = Reader(app).sign_in(user)
    token = reader.get("/accounts/me").select("input[name=csrf_token]")[0]["value"]
    return Person(user.id, row.id, dict(reader.client._cookies), str(token))


def agreeing_household(yard: Yard, **given: Any) -> Household:
    """Make a household that has agreed to be paired."""
    household = make_household(**given)
    values = ConsentValues(clock.local(NOW).date(), GivenHow.PAPER, household.members[0].id)
    by = current_session().get_one(User, yard.staff.user_id)
    give_consent(current_session(), household, Purpose.PAIRING, values, by, NOW)
    return household

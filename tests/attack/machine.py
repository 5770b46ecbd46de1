"""What both halves of the state machine share: a database that forgets, a clock, and the comparison."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from typing import Any, ClassVar, TypeVar

from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.db import current_session, transaction
from pairing.errors import RuleBroken
from pairing.matching.models import MatchingRun
from tests.attack.money_model import Money
from tests.attack.people_model import Home, People
from tests.attack.scratch import taken_back
from tests.support.makers import NOW, make_household, make_staff

T = TypeVar("T")


def same(found: dict[Any, Any], expected: dict[Any, Any]) -> None:
    """See that the database holds what the model says; name only what differs."""
    wrong = {key: (found.get(key), expected.get(key)) for key in {**found, **expected}}
    wrong = {key: pair for key, pair in wrong.items() if pair[0] != pair[1]}
    assert not wrong, f"row: (database, model) {wrong}"


PICKS = st.integers(0, 11)  # which of the rows there are, counted around
MOSTLY = 9
RARELY = st.integers(0, 19).map(lambda number: number == 13)
STAFF = st.integers(0, 1)


class Deeds(RuleBasedStateMachine):
    """One world of rows and its model; a deed is done in both and must end the same way."""

    app: ClassVar[Flask]
    steps: ClassVar[int] = 0
    ends: ClassVar[dict[str, int]]  # how deeds ended: refusals by code

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(taken_back(self.app))

    def teardown(self) -> None:
        """Undo everything."""
        self.stack.close()

    @initialize()
    def open_the_office(self) -> None:
        """Two members of staff, a Monday morning, and what a test adds in `furnish`."""
        with transaction():
            self.staff = [make_staff(email=None).id for _ in range(2)]
            self.people = People(NOW)
            self.money = Money(NOW, clock.local(NOW).date(), self.people.homes)
            self.furnish()

    def furnish(self) -> None:
        """Three households that want one, one and two visitors."""
        for wanted in (1, 1, 2):
            self.people.homes[make_household(visitors_wanted=wanted).id] = Home(wanted)

    @property
    def now(self) -> Any:
        return self.people.now

    def pick(self, rows: dict[T, Any], number: int) -> T:
        """Return one of *rows*, mostly of those with which something may still be done."""
        living = [row_id for row_id, row in rows.items() if row.is_living]
        chosen = living if living and number < MOSTLY else list(rows)
        return chosen[number % len(chosen)]

    def deed(self, name: str, expected: str, do: Callable[[Session], Any]) -> Any:
        """Do something for real; it must be refused with the code *expected*, or not at all for ""."""
        type(self).steps += 1
        self.ends[f"{name}:{expected}"] = self.ends.get(f"{name}:{expected}", 0) + 1
        try:
            with transaction() as session:
                done = do(session)
                done = getattr(done, "id", done)
                session.flush()
                done = getattr(done, "id", done)
        except RuleBroken as refusal:
            if refusal.code != expected:
                raise AssertionError(f"{name}: {refusal.code}, expected {expected!r}") from refusal
            return None
        assert not expected, f"{name} was done, expected {expected}"
        return done

    def expire_what_is_over(self) -> None:
        """Let the model do what every run does first."""
        self.people.expire()
        self.money.expire()

    @invariant()
    def everything_is_where_the_model_has_it(self) -> None:
        """Compare the database with the model after every step."""
        self.compare()

    def compare(self) -> None:
        """Let each half look at what it knows."""

    def by(self, session: Session, number: int) -> User:
        """Return a member of staff."""
        return session.get_one(User, self.staff[number])

    def on(
        self, model: Any, name: str, row_id: int, expected: str, service: Any, by: Any, *values: Any
    ) -> Any:
        """Do the deed *service* on a row; *by* is a number of staff, or None for who is asked."""

        def do(session: Session) -> Any:
            who = None if by is None else self.by(session, by)
            return service(session, session.get_one(model, row_id), who, *values, self.now)

        return self.deed(name, expected, do)

    def check_told(self, run_id: int, verdict: str) -> None:
        """See that a run of one pair tells what became of it."""
        told = current_session().get_one(MatchingRun, run_id).summary["proposed"]
        is_written = verdict == "written"
        assert told == {"written": is_written, "skipped": {} if is_written else {verdict: 1}}, (told, verdict)

    @rule(hours=st.sampled_from([1, 30, 80, 7 * 24]))
    def time_passes(self, hours: int) -> None:
        """The clock goes on."""
        type(self).steps += 1
        self.people.now = self.money.now = self.now + timedelta(hours=hours)
        self.money.today = clock.local(self.now).date()

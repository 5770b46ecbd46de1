"""A run over all rules, in small transactions: whatever ends it, the next one goes on where it was."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from pairing.accounts.models import SignInFailure, User
from pairing.audit.services import record
from pairing.enterprises.models import Enterprise
from pairing.errors import RuleBroken
from pairing.files.models import StoredFile
from pairing.households.models import Household
from pairing.outbox.models import Message
from pairing.retention.models import RetentionRun
from pairing.retention.queries import due
from pairing.retention.rules import OWN
from pairing.retention.services.households import anonymise_household
from pairing.retention.services.people import (
    anonymise_account,
    anonymise_contact,
    anonymise_volunteer,
    forget_message,
)
from pairing.visits.models import Visit, VisitReport
from pairing.volunteers.models import Volunteer

AT_ONCE = 20  # rows in one transaction: others wait for half a second at most
Transaction = Callable[[], AbstractContextManager[Session]]
Deed = Callable[[Session, int, datetime], None]


@dataclass(frozen=True)
class Swept:
    """How many rows one transaction has taken, and after which id the next goes on; None: none is left."""

    taken: int
    last_id: int | None


def run_retention(
    transaction: Transaction, by: User | None, now: datetime, settings: Mapping[str, int]
) -> dict[str, int]:
    """Carry out every rule, a handful of rows at a time; return how many rows each has taken.

    A rule that fails does not keep the others from being carried out; its error is raised at the end.
    """
    with transaction() as session:
        run_id = start_run(session, by, now).id
    counts: dict[str, int] = {}
    errors: list[Exception] = []
    for rule in OWN:
        try:
            steps = range(len(DEEDS[rule.code]))
            counts[rule.code] = sum(_sweep_all(transaction, rule.code, step, now, settings) for step in steps)
        except Exception as error:  # told at the end
            errors.append(error)
    with transaction() as session:
        end_run(session, session.get_one(RetentionRun, run_id), by, counts, now)
    if errors:
        raise errors[0]
    return counts


def start_run(session: Session, by: User | None, now: datetime) -> RetentionRun:
    """Note that a run has begun."""
    run = RetentionRun(started_at=now, counts={}, started_by_id=by.id if by else None)
    session.add(run)
    session.flush()
    return run


def end_run(
    session: Session, run: RetentionRun, by: User | None, counts: Mapping[str, int], now: datetime
) -> None:
    """Note how a run ended, there and in the trail."""
    run.ended_at, run.counts = now, dict(counts)
    record(session, by, "run_retention", run, now, {"rows": dict(counts)})


def sweep(
    session: Session, code: str, step: int, now: datetime, settings: Mapping[str, int], after_id: int = 0
) -> Swept:
    """Carry out one step of a rule on the next rows past their time; what a rule forbids waits."""
    found, deed = due.DUE[code][step], DEEDS[code][step]
    ids = due.due_ids(session, found, due.cutoff(code, now, settings), after_id, AT_ONCE)
    taken = sum(_is_done(session, deed, row_id, now) for row_id in ids)
    return Swept(taken, ids[-1] if len(ids) == AT_ONCE else None)


def _sweep_all(
    transaction: Transaction, code: str, step: int, now: datetime, settings: Mapping[str, int]
) -> int:
    taken, after_id = 0, 0
    while True:
        with transaction() as session:
            swept = sweep(session, code, step, now, settings, after_id)
        taken += swept.taken
        if swept.last_id is None:
            return taken
        after_id = swept.last_id


def _is_done(session: Session, deed: Deed, row_id: int, now: datetime) -> bool:
    try:
        with session.begin_nested():
            deed(session, row_id, now)
    except RuleBroken:
        return False
    return True


def _household(session: Session, row_id: int, now: datetime) -> None:
    anonymise_household(session, session.get_one(Household, row_id), None, now)


def _report(session: Session, row_id: int, now: datetime) -> None:
    report = session.get_one(VisitReport, row_id)
    report.note, report.erased_at = "", now


def _visit(session: Session, row_id: int, _now: datetime) -> None:
    visit = session.get_one(Visit, row_id)
    visit.purpose = visit.cancel_note = ""


def _file(session: Session, row_id: int, _now: datetime) -> None:
    session.delete(session.get_one(StoredFile, row_id))


def _volunteer(session: Session, row_id: int, now: datetime) -> None:
    anonymise_volunteer(session, session.get_one(Volunteer, row_id), None, now)


def _contact(session: Session, row_id: int, now: datetime) -> None:
    anonymise_contact(session, session.get_one(Enterprise, row_id), None, now)


def _account(session: Session, row_id: int, now: datetime) -> None:
    anonymise_account(session, session.get_one(User, row_id), None, now)


def _message(session: Session, row_id: int, _now: datetime) -> None:
    forget_message(session.get_one(Message, row_id))


def _failure(session: Session, row_id: int, _now: datetime) -> None:
    session.delete(session.get_one(SignInFailure, row_id))


DEEDS: Mapping[str, tuple[Deed, ...]] = {
    "closed_households": (_household,),
    "visit_reports": (_report, _visit),
    "stored_files": (_file,),
    "applications": (_volunteer, _contact, _account),
    "left_volunteers": (_volunteer,),
    "messages": (_message,),
    "sign_in_failures": (_failure,),
}

"""What the scheduler does, and how often. A job that fails is logged and beats its heart with the error."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.services import prune_sessions
from pairing.audit.services import Actor, act_as
from pairing.db import current_session, transaction
from pairing.exports.services import expire_exports
from pairing.matching.services import expire_open
from pairing.outbox.services import beat
from pairing.retention.services import run_retention
from pairing.rosters.services import prune as prune_rosters
from pairing.scheduler.exports import build_exports
from pairing.scheduler.mail import drain
from pairing.scheduler.trail import check_trail
from pairing.settings import Settings
from pairing.subject_requests.services import forget_words, remind_staff, warn_of_missing_year
from pairing.submissions.services import prune
from pairing.throttle.services import prune as prune_windows
from pairing.visits.services import ISSUED_AT_ONCE, LAID_AT_ONCE, issue_due_reminders, lay_ahead


@dataclass(frozen=True)
class Job:
    """A deed and the pause between two of its runs."""

    name: str
    every: timedelta
    deed: Callable[[Settings], object]


def _issue(_settings: Settings) -> None:
    """Issue in small transactions until nothing is due: a crash takes back one of them at most."""
    while _in_transaction(issue_due_reminders) == ISSUED_AT_ONCE:
        pass


def _expire(_settings: Settings) -> None:
    _in_transaction(expire_open)


def _lay(_settings: Settings) -> None:
    """Lay in small transactions until every plan reaches beyond the quarter."""
    while _in_transaction(lay_ahead) == LAID_AT_ONCE:
        pass


def _prune(_settings: Settings) -> None:
    _in_transaction(prune)
    _in_transaction(prune_windows)


def _forget_sessions(_settings: Settings) -> None:
    _in_transaction(prune_sessions)


def _forget_rosters(_settings: Settings) -> None:
    _in_transaction(prune_rosters)


def _expire_exports(_settings: Settings) -> None:
    _in_transaction(expire_exports)


def _forget(settings: Settings) -> None:
    """Forget what is past its time; a restored backup is seen to at the next run like everything else."""
    run_retention(transaction, None, clock.now(), settings.keep_days)


def _watch_requests(settings: Settings) -> None:
    _in_transaction(remind_staff)
    _in_transaction(warn_of_missing_year)
    with transaction() as session:
        forget_words(session, clock.now(), settings.keep_days)


def _in_transaction(deed: Callable[[Session, datetime], int | None]) -> int | None:
    with transaction() as session:
        return deed(session, clock.now())


JOBS = (
    Job("reminders", timedelta(seconds=20), _issue),
    Job("mail", timedelta(seconds=10), drain),
    Job("exports", timedelta(seconds=3), build_exports),
    Job("old_exports", timedelta(hours=1), _expire_exports),
    Job("proposals", timedelta(minutes=5), _expire),
    Job("visits", timedelta(days=1), _lay),
    Job("submissions", timedelta(days=1), _prune),
    Job("sessions", timedelta(hours=1), _forget_sessions),
    Job("rosters", timedelta(days=1), _forget_rosters),
    Job("retention", timedelta(days=1), _forget),
    Job("trail", timedelta(days=1), check_trail),
    Job("requests", timedelta(hours=1), _watch_requests),
)


def run_all(app: Flask) -> bool:
    """Run every job once, in order; return whether all went well."""
    went_well = [run_job(app, job) for job in JOBS]
    return all(went_well)


def run_job(app: Flask, job: Job) -> bool:
    """Run one job in a context of its own; whatever happens, the clock goes on ticking."""
    with app.app_context():
        act_as(current_session(), Actor(origin=f"job {job.name}"))
        error = _run(app, job)
    with app.app_context():
        _beat(app, job, error)
    return not error


def _run(app: Flask, job: Job) -> str:
    try:
        job.deed(app.config["PAIRING"])
    except Exception as error:
        app.logger.exception("the job %s failed", job.name)
        return type(error).__name__
    return ""


def _beat(app: Flask, job: Job, error: str) -> None:
    try:
        with transaction() as session:
            beat(session, job.name, clock.now(), error)
    except Exception:
        app.logger.exception("the heartbeat of %s was not written", job.name)

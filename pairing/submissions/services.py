"""The same form sent twice does its deed once."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pairing.errors import RuleBroken
from pairing.submissions.models import Submission
from pairing.wording import _

KEEP = timedelta(days=2)


def claim(session: Session, sender: str, request_key: str | None, digest: bytes, now: datetime) -> str | None:
    """Return where the first sending of this form led to, or claim the key and return None.

    Call it inside ``transaction()``, before the deed. A second sending at the same moment waits
    here until the first has committed: SQLite by its write lock, PostgreSQL by the primary key.

    Raises
    ------
    RuleBroken : the key was used for something else ("already_sent"), as after Back and a change.
    """
    if not request_key:
        return None
    row = Submission(sender=sender, request_key=request_key, digest=digest, location="", created_at=now)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return find_answer(session, sender, request_key, digest)
    return None


def find_answer(session: Session, sender: str, request_key: str | None, digest: bytes) -> str | None:
    """Return where this form led to when it was sent before, None if it is new; raises as `claim` does."""
    first = session.get(Submission, (sender, request_key)) if request_key else None
    if first and first.digest != digest:
        raise RuleBroken(_("这张表已经提交过,这次的改动没有保存;请重新打开页面再填"), "already_sent")
    return first.location if first else None


def settle(session: Session, sender: str, request_key: str | None, location: str) -> None:
    """Keep where the claimed form led to, in the transaction of its deed."""
    if request_key:
        session.get_one(Submission, (sender, request_key)).location = location


def forget(session: Session, sender: str, request_key: str | None) -> None:
    """Let the claimed key be used again: the form was answered by a page, not by a deed."""
    if request_key:
        session.delete(session.get_one(Submission, (sender, request_key)))


def prune(session: Session, now: datetime) -> None:
    """Forget forms older than two days."""
    session.execute(delete(Submission).where(Submission.created_at < now - KEEP))

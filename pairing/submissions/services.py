"""The same form sent twice does its deed once."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pairing.submissions.models import Submission

KEEP = timedelta(days=2)


def claim(session: Session, sender: str, request_key: str | None, now: datetime) -> str | None:
    """Return where the first sending of this form led to, or claim the key and return None.

    Call it inside ``transaction()``, before the deed. A second sending at the same moment waits
    here until the first has committed: SQLite by its write lock, PostgreSQL by the primary key.
    """
    if not request_key:
        return None
    try:
        with session.begin_nested():
            session.add(Submission(sender=sender, request_key=request_key, location="", created_at=now))
    except IntegrityError:
        return session.get_one(Submission, (sender, request_key)).location
    return None


def find_answer(session: Session, sender: str, request_key: str | None) -> str | None:
    """Return where this form led to when it was sent before, None if it is new."""
    first = session.get(Submission, (sender, request_key)) if request_key else None
    return first.location if first else None


def settle(session: Session, sender: str, request_key: str | None, location: str) -> None:
    """Keep where the claimed form led to, in the transaction of its deed."""
    if request_key:
        session.get_one(Submission, (sender, request_key)).location = location


def prune(session: Session, now: datetime) -> None:
    """Forget forms older than two days."""
    session.execute(delete(Submission).where(Submission.created_at < now - KEEP))

"""Finding runs."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing.retention.models import RetentionRun


def last_run(session: Session) -> RetentionRun | None:
    """Return the newest run, also one that was interrupted."""
    return session.scalars(select(RetentionRun).order_by(RetentionRun.id.desc()).limit(1)).one_or_none()

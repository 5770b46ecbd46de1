"""When what is past its time was forgotten, and how much of it."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from pairing.db import Base


class RetentionRun(Base):
    """One run over all rules; *ended_at* is empty where it was interrupted, and the next one goes on."""

    __tablename__ = "retention_run"
    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    counts: Mapped[dict[str, int]] = mapped_column(JSON)  # rows by rule
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

"""How often somebody did something lately."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from pairing.db import Base


class RateWindow(Base):
    """A stretch of time in which the requests of one kind by one person or one address are counted."""

    __tablename__ = "rate_window"
    key: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)  # keyed: no address stands here
    hits: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(index=True)

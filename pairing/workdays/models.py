"""Days on which offices work other than the public calendar says, or that it does not know yet."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from pairing.db import Base


class CalendarDay(Base):
    """One day that the office wrote down; it counts before the public calendar."""

    __tablename__ = "calendar_day"
    day: Mapped[date] = mapped_column(primary_key=True)
    is_workday: Mapped[bool]
    name: Mapped[str] = mapped_column(String(60), default="")  # 春节, 国庆调休上班
    source: Mapped[str] = mapped_column(String(120), default="")  # the notice it was read in

    @property
    def id(self) -> str:
        """The day, as the trail names it."""
        return self.day.isoformat()

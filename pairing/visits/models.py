"""Visits: laid out ahead, open for sign-up, reported, reminded."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pairing import clock
from pairing.db import Base
from pairing.outbox.models import Channel
from pairing.privacy.sealed import Sealed
from pairing.wording import Labelled, _


class Frequency(Labelled):
    """How often a household is visited."""

    WEEKLY = "weekly", _("每周一次")
    FORTNIGHTLY = "fortnightly", _("每两周一次")
    MONTHLY = "monthly", _("每月一次")
    QUARTERLY = "quarterly", _("每季度一次")


class VisitPlan(Base):
    """How the visits of a pairing are laid out."""

    __tablename__ = "visit_plan"
    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), unique=True)
    frequency: Mapped[Frequency]
    first_visit_on: Mapped[date]
    half_day: Mapped[int]  # one bit of values.half_days, or 0 where only the date is agreed
    laid_until: Mapped[date]  # visits exist up to this day


class VisitStatus(Labelled):
    """Where a visit is."""

    OPEN = "open", _("待报名")
    PLANNED = "planned", _("已安排")
    DONE = "done", _("已走访")
    NOT_MET = "not_met", _("未见到")
    CANCELLED = "cancelled", _("已取消")


LIVING_VISIT = text("status in ('open', 'planned', 'done')")


class Visit(Base):
    """One visit to a household; an open one waits for a volunteer to sign up."""

    __tablename__ = "visit"
    __table_args__ = (
        Index(
            "one_visit_a_day",
            "pairing_id",
            "planned_on",
            unique=True,
            sqlite_where=LIVING_VISIT,
            postgresql_where=LIVING_VISIT,
        ),
        Index("ix_visit_volunteer", "volunteer_id", "planned_on"),
        Index("ix_visit_list", "status", "planned_on", "area_code"),
        Index("ix_visit_household", "household_id", "planned_on"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    pairing_id: Mapped[int | None] = mapped_column(ForeignKey("pairing.id"))
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id"))
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))  # of the household
    status: Mapped[VisitStatus]
    planned_on: Mapped[date]
    starts_at: Mapped[datetime]
    purpose: Mapped[str] = mapped_column(default="")
    retry_of_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))  # the visit that met nobody
    cancel_note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}

    @property
    def begins(self) -> str:
        """The time of day in Beijing: 09:30."""
        return f"{clock.local(self.starts_at):%H:%M}"


class Mood(Labelled):
    """How the household was found."""

    GOOD = "good", _("平稳")
    WORRIED = "worried", _("有困难")
    URGENT = "urgent", _("需要尽快处理")


class Topic(Labelled):
    """What was talked about, or looked after, during a visit."""

    HEALTH = "health", _("身体与就医")
    DAILY_LIFE = "daily_life", _("生活起居")
    SPIRITS = "spirits", _("情绪与陪伴")
    HOME_SAFETY = "home_safety", _("用电用气与住房安全")
    SCHOOLING = "schooling", _("孩子学习")
    WORK = "work", _("就业与收入")
    POLICY = "policy", _("政策宣讲")
    NEW_NEED = "new_need", _("有新的需求")


class VisitReport(Base):
    """What the visitor found; it closes the visit."""

    __tablename__ = "visit_report"
    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), unique=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    is_met: Mapped[bool]
    visited_on: Mapped[date]
    minutes: Mapped[int]
    topics: Mapped[list[str]] = mapped_column(JSON)  # codes of Topic
    mood: Mapped[Mood | None]  # None where nobody was met
    note: Mapped[str] = mapped_column(Sealed("visit_report.note"), default="")
    reported_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]  # the text is gone; it is sealed, so its absence must be written

    @property
    def talked_about(self) -> list[Topic]:
        """The topics as members."""
        return [Topic(code) for code in self.topics]


class VisitPhoto(Base):
    """A photo that belongs to a report; it goes with its file when the time of that is over."""

    __tablename__ = "visit_photo"
    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("visit_report.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"), unique=True)


class ReminderKind(Labelled):
    """Why somebody is reminded."""

    DAY_BEFORE = "day_before", _("走访前一天提醒")
    HOURS_BEFORE = "hours_before", _("走访前两小时提醒")
    OVERDUE = "overdue", _("走访未填报提醒")


class ReminderStatus(Labelled):
    """Whether the reminder was handed to the outbox."""

    WAITING = "waiting", _("未到时间")
    ISSUED = "issued", _("已发出")
    CANCELLED = "cancelled", _("已取消")


class Reminder(Base):
    """A reminder laid down in the transaction that makes or moves the visit."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("visit_id", "kind", "channel", "due_at"),
        Index("ix_reminder_due", "status", "due_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id"), index=True
    )  # looked up again when issued
    kind: Mapped[ReminderKind]
    channel: Mapped[Channel]
    status: Mapped[ReminderStatus]
    due_at: Mapped[datetime]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    note: Mapped[str] = mapped_column(default="")  # why it was cancelled

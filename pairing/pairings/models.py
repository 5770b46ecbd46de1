"""The relation between a volunteer and a household."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from pairing.db import Base
from pairing.privacy.sealed import Sealed
from pairing.wording import Labelled, _


class PairingStatus(Labelled):
    """Whether the relation lives."""

    ACTIVE = "active", _("进行中")
    ENDED = "ended", _("已结束")


class EndReason(Labelled):
    """Why it ended."""

    OUT_OF_HARDSHIP = "out_of_hardship", _("家庭脱困")
    MOVED = "moved", _("搬迁")
    DECEASED = "deceased", _("去世")
    HOUSEHOLD_WISH = "household_wish", _("家庭要求更换")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("家庭撤回同意")
    VOLUNTEER_LEFT = "volunteer_left", _("志愿者退出")
    TERM_OVER = "term_over", _("到期")
    HOUSEHOLD_CLOSED = "household_closed", _("家庭退出")


class Pairing(Base):
    """An agreed helping relation between a volunteer and a household."""

    __tablename__ = "pairing"
    __table_args__ = (
        Index(
            "one_active_pair",
            "volunteer_id",
            "household_id",
            unique=True,
            sqlite_where=text("status = 'active'"),
            postgresql_where=text("status = 'active'"),
        ),
        Index("ix_pairing_household", "household_id", "status"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)  # of the household
    status: Mapped[PairingStatus]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    end_reason: Mapped[EndReason | None]
    end_note: Mapped[str] = mapped_column(Sealed("pairing.end_note"), default="")
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]

"""Workbooks of offices on their way into the registers."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pairing.db import Base
from pairing.privacy.sealed import Sealed
from pairing.wording import Labelled, _


class RosterKind(Labelled):
    """Which register the workbook is for."""

    HOUSEHOLDS = "households", _("困难家庭")
    VOLUNTEERS = "volunteers", _("志愿者")
    ENTERPRISES = "enterprises", _("共建单位")


class RosterStatus(Labelled):
    """How far the import is."""

    PREVIEWED = "previewed", _("待确认")
    CONFIRMED = "confirmed", _("已导入")
    DISCARDED = "discarded", _("已放弃")


class RosterImport(Base):
    """One uploaded workbook, kept sealed until it is confirmed and its refused rows were fetched."""

    __tablename__ = "roster_import"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RosterKind]
    status: Mapped[RosterStatus]
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[str | None] = mapped_column(Sealed("roster_import.content"), deferred=True)  # base64
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON)  # counts and row numbers, no personal data
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]

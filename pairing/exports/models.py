"""Lists on their way out of the house."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from pairing.db import Base
from pairing.exports.rules import ExportFormat, ExportReason
from pairing.privacy.sealed import Sealed
from pairing.wording import Labelled, _


class ExportStatus(Labelled):
    """How far an export is."""

    WAITING = "waiting", _("等待生成")
    RUNNING = "running", _("正在生成")
    READY = "ready", _("可以下载")
    FAILED = "failed", _("没有生成")
    EXPIRED = "expired", _("已过期删除")


class Export(Base):
    """One list that somebody asked for: built under the rights of its owner, kept sealed for a week.

    *filters* holds codes only. What was typed into the search, which may be a name, lies sealed until
    the list is built.
    """

    __tablename__ = "export"
    __table_args__ = (Index("ix_export_due", "status", "lease_until"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)  # scope when it was asked for
    kind: Mapped[str] = mapped_column(String(40))
    format: Mapped[ExportFormat]
    filters: Mapped[dict[str, str]] = mapped_column(JSON)
    term: Mapped[str | None] = mapped_column(Sealed("export.term"))
    is_full: Mapped[bool]
    reason: Mapped[ExportReason]
    note: Mapped[str] = mapped_column(Sealed("export.note"))
    status: Mapped[ExportStatus]
    failure: Mapped[str] = mapped_column(String(40), default="")  # code in rules.FAILURES
    row_count: Mapped[int | None]
    content: Mapped[str | None] = mapped_column(Sealed("export.content"), deferred=True)  # base64
    sha256: Mapped[str] = mapped_column(String(64), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    fetched_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    ready_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]

    @property
    def file_name(self) -> str:
        """Name of the file; it says what kind of list, and nothing of anybody."""
        return f"{self.kind}-{self.id}.{self.format.value}"

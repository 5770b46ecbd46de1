"""The trail of deeds, and the chain that seals it. Rows are added, never changed: triggers refuse it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from pairing.db import Base
from pairing.wording import Labelled, _


class EntryKind(Labelled):
    """What kind of thing an entry of the trail tells."""

    DEED = "deed", _("操作")
    CHANGE = "change", _("字段变化")
    READ = "read", _("查阅档案")
    REVEAL = "reveal", _("查看完整信息")
    EXPORT = "export", _("导出")
    REFUSAL = "refusal", _("被拒绝")


class AuditEntry(Base):
    """Who did, changed, read or was refused what; written in the transaction of the deed."""

    __tablename__ = "audit_entry"
    __table_args__ = (  # the trail is read newest first, narrowed by one of these
        Index("ix_audit_entry_at", "at", "id"),
        Index("ix_audit_entry_kind", "kind", "at", "id"),
        Index("ix_audit_entry_action", "action", "at", "id"),
        Index("ix_audit_entry_actor", "actor_id", "at", "id"),
        Index("ix_audit_entry_subject", "subject_type", "subject_id", "at", "id"),
        Index("ix_audit_entry_area", "area_code", "at", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    batch: Mapped[int] = mapped_column(BigInteger, index=True)  # random name of the transaction
    at: Mapped[datetime]
    kind: Mapped[EntryKind]
    actor_id: Mapped[int | None]  # no foreign key: the trail outlives the account
    actor_name: Mapped[str]
    action: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[str]
    area_code: Mapped[str]
    origin: Mapped[str] = mapped_column(String(80))  # part of the network, command or job
    request_id: Mapped[str] = mapped_column(String(32))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)


class AuditLink(Base):
    """One link of the chain: seals the entries of one transaction and, with them, every link before."""

    __tablename__ = "audit_link"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 1, 2, 3 … without a gap
    batch: Mapped[int] = mapped_column(BigInteger, unique=True)
    at: Mapped[datetime]
    entries: Mapped[int]
    seal: Mapped[str] = mapped_column(String(64))  # HMAC-SHA256 over the seal before and the entries

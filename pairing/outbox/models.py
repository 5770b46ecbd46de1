"""What leaves the house, and what lies in a person's inbox."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pairing.db import Base
from pairing.wording import Labelled, _


class Channel(Labelled):
    """A way to reach a person."""

    INBOX = "inbox", _("站内消息")
    EMAIL = "email", _("电子邮件")


class MessageStatus(Labelled):
    """Where a message is; every message has one."""

    QUEUED = "queued", _("待发送")
    SENT = "sent", _("已发送")
    PARKED = "parked", _("发送失败,待处理")
    CANCELLED = "cancelled", _("已取消")


class Message(Base):
    """A message to one person by one channel; *dedupe_key* makes the same message impossible twice.

    An inbox message has arrived when it is written. An e-mail is claimed with a lease, sent with a
    fixed Message-ID, and marked.
    """

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_due", "status", "channel", "due_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    channel: Mapped[Channel]
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    link: Mapped[str]  # path on this site, without personal data; "" for none
    dedupe_key: Mapped[str] = mapped_column(String(120), unique=True)
    status: Mapped[MessageStatus]
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(default="")
    read_at: Mapped[datetime | None]


class Heartbeat(Base):
    """When a job of the scheduler last ended, and how."""

    __tablename__ = "heartbeat"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]
    error: Mapped[str] = mapped_column(default="")


class Release(Base):
    """The place where this database may send from; a copy elsewhere is held until it is released."""

    __tablename__ = "outbox_release"
    id: Mapped[int] = mapped_column(primary_key=True)
    marker: Mapped[str] = mapped_column(String(80))
    batches: Mapped[int]  # claimed so far
    released_at: Mapped[datetime]

"""What people ask about their own data, and until when they must be answered."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from pairing.db import Base
from pairing.privacy.sealed import Sealed
from pairing.wording import Labelled, _


class About(Labelled):
    """Whom a request is about; ``about_id`` names the row, which stays when it is anonymised."""

    HOUSEHOLD = "household", _("困难家庭")
    VOLUNTEER = "volunteer", _("志愿者")
    ENTERPRISE = "enterprise", _("企业联系人")
    ACCOUNT = "account", _("账号")


class RequestKind(Labelled):
    """What is asked for."""

    COPY = "copy", _("查阅、复制")
    CORRECT = "correct", _("更正")
    DELETE = "delete", _("删除")
    WITHDRAW = "withdraw", _("撤回同意")


class RequestChannel(Labelled):
    """How the request came."""

    IN_PERSON = "in_person", _("当面")
    PHONE = "phone", _("电话")
    ONLINE = "online", _("网上")


class RequestStatus(Labelled):
    """Where the request is."""

    OPEN = "open", _("办理中")
    DONE = "done", _("已办结")
    REFUSED = "refused", _("未同意")


class SubjectRequest(Base):
    """A request of a person about the own data; answered within fifteen working days."""

    __tablename__ = "subject_request"
    __table_args__ = (
        Index("ix_subject_request_list", "status", "due_on", "area_code"),
        Index(
            "one_open_request",
            "about",
            "about_id",
            "kind",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[About]
    about_id: Mapped[int]
    kind: Mapped[RequestKind]
    status: Mapped[RequestStatus]
    channel: Mapped[RequestChannel]
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    words: Mapped[str | None] = mapped_column(
        Sealed("subject_request.words")
    )  # None: forgotten, or nothing said
    answer: Mapped[str | None] = mapped_column(Sealed("subject_request.answer"))
    received_on: Mapped[date]
    due_on: Mapped[date]
    closed_on: Mapped[date | None]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]

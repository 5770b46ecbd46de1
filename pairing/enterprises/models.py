"""Companies and what they pledge."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pairing.db import Base, Fen
from pairing.privacy.sealed import Sealed
from pairing.wording import Labelled, _


class EnterpriseStatus(Labelled):
    """Whether the company's pledges count."""

    PENDING = "pending", _("待审核")
    ACTIVE = "active", _("已通过")
    REFUSED = "refused", _("未通过")


class PledgeStatus(Labelled):
    """Whether money may still be reserved from a pledge."""

    ACTIVE = "active", _("有效")
    CLOSED = "closed", _("已结束")


class Enterprise(Base):
    """A company, known by its unified social credit code."""

    __tablename__ = "enterprise"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), unique=True)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), unique=True)  # who waits
    area_code: Mapped[str] = mapped_column(
        ForeignKey("area.code"), index=True
    )  # the area that looks after it
    status: Mapped[EnterpriseStatus] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(120))
    name_pinyin: Mapped[str] = mapped_column(String(400))
    uscc: Mapped[str] = mapped_column(String(18), unique=True)
    contact_name: Mapped[str] = mapped_column(String(60))
    contact_phone: Mapped[str] = mapped_column(Sealed("enterprise.contact_phone"))
    contact_phone_index: Mapped[bytes] = mapped_column(LargeBinary(16), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    registered_on: Mapped[date]
    anonymised_at: Mapped[datetime | None]  # its contact was erased; the company itself is no person
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    pledges: Mapped[list["Pledge"]] = relationship(order_by="Pledge.id", cascade="all, delete-orphan")
    __mapper_args__ = {"version_id_col": version}


class Pledge(Base):
    """An intention to give, with the giver's conditions; an empty condition means any."""

    __tablename__ = "pledge"
    __table_args__ = (
        CheckConstraint("amount_fen > 0", name="amount_positive"),
        CheckConstraint("ceiling_fen is null or ceiling_fen > 0", name="ceiling_positive"),
        CheckConstraint("household_limit is null or household_limit > 0", name="household_limit_positive"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)  # where it may be used
    status: Mapped[PledgeStatus]
    amount_fen: Mapped[Fen]
    purposes: Mapped[list[str]] = mapped_column(JSON, default=list)  # NeedType codes
    categories: Mapped[list[str]] = mapped_column(JSON, default=list)  # Category codes of households
    ceiling_fen: Mapped[Fen | None]  # at most this for one household
    household_limit: Mapped[int | None]  # at most this many households
    expires_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}

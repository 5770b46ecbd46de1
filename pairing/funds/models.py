"""Pledged money that is kept for a household's need."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pairing.db import Base, Fen
from pairing.wording import Labelled, _


class ReservationStatus(Labelled):
    """Whether the money is still kept."""

    RESERVED = "reserved", _("已预留")
    RELEASED = "released", _("已释放")


class Reservation(Base):
    """Money of one pledge kept for one need; the sum over a pledge never passes its amount."""

    __tablename__ = "reservation"
    __table_args__ = (
        CheckConstraint("amount_fen > 0", name="amount_positive"),
        Index("ix_reservation_pledge", "pledge_id", "status"),
        Index("ix_reservation_need", "need_id", "status"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledge.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)  # of the household
    status: Mapped[ReservationStatus]
    amount_fen: Mapped[Fen]
    reserved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reserved_at: Mapped[datetime]
    released_at: Mapped[datetime | None]

"""What households have agreed to, and what they have taken back."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pairing.consents.rules import GivenHow, Purpose, WithdrawnHow
from pairing.db import Base

STANDING = "withdrawn_on is null and replaced_on is null"


class Consent(Base):
    """A household said yes to one purpose, in the words of one version; a later yes replaces it."""

    __tablename__ = "consent"
    __table_args__ = (
        ForeignKeyConstraint(  # when the household moves, its consents move along
            ["household_id", "area_code"], ["household.id", "household.area_code"], onupdate="CASCADE"
        ),
        Index(
            "one_standing_consent",
            "household_id",
            "purpose",
            unique=True,
            sqlite_where=text(STANDING),
            postgresql_where=text(STANDING),
        ),
        Index("ix_consent_household", "household_id", "purpose", "given_on"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int]
    area_code: Mapped[str] = mapped_column(String(12), index=True)
    purpose: Mapped[Purpose]
    text_version: Mapped[str] = mapped_column(String(20))
    given_on: Mapped[date]
    given_how: Mapped[GivenHow]
    giver_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    giver_name: Mapped[str] = mapped_column(String(60))  # as it was on that day
    giver_relation: Mapped[str] = mapped_column(String(20))  # to the head
    witness_name: Mapped[str] = mapped_column(String(60), default="")
    withdrawn_on: Mapped[date | None]
    withdrawn_how: Mapped[WithdrawnHow | None]
    replaced_on: Mapped[date | None]  # the household said yes anew
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
    guardians: Mapped[list["ConsentGuardian"]] = relationship(
        order_by="ConsentGuardian.id", cascade="all, delete-orphan"
    )

    @property
    def is_standing(self) -> bool:
        """Whether it was neither taken back nor replaced."""
        return self.withdrawn_on is None and self.replaced_on is None


class ConsentGuardian(Base):
    """Who decided for a child of the household."""

    __tablename__ = "consent_guardian"
    id: Mapped[int] = mapped_column(primary_key=True)
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"), index=True)
    child_name: Mapped[str] = mapped_column(String(60))
    guardian_name: Mapped[str] = mapped_column(String(60))
    relation: Mapped[str] = mapped_column(String(20))  # of the guardian to the child

"""Runs of the matching and what they propose, for people and for money."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from pairing.db import Base, Fen
from pairing.privacy.sealed import Sealed
from pairing.wording import Labelled, _


class RunKind(Labelled):
    """What is matched."""

    PEOPLE = "people", _("志愿者结对")
    MONEY = "money", _("资金安排")


class RunStatus(Labelled):
    """How far the run is."""

    PREVIEWED = "previewed", _("预览")
    PROPOSED = "proposed", _("已提出建议")
    DISCARDED = "discarded", _("已放弃")


class MatchingRun(Base):
    """One run: the area, the weights, the versions of its input, its figures."""

    __tablename__ = "matching_run"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RunKind]
    status: Mapped[RunStatus]
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    weights: Mapped[dict[str, Any]] = mapped_column(JSON)
    input_digest: Mapped[str] = mapped_column(String(64))  # sha256 over ids and versions of the input
    summary: Mapped[dict[str, Any]] = mapped_column(JSON)  # figures of the preview
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    proposed_at: Mapped[datetime | None]


class RunPair(Base):
    """A pair that a run of people found, before anybody is asked."""

    __tablename__ = "run_pair"
    run_id: Mapped[int] = mapped_column(ForeignKey("matching_run.id"), primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), primary_key=True)
    household_version: Mapped[int]
    volunteer_version: Mapped[int]
    points: Mapped[float]
    parts: Mapped[dict[str, float]] = mapped_column(JSON)  # points by rule


class RunGrant(Base):
    """Money that a run found for a need, before the company is asked."""

    __tablename__ = "run_grant"
    run_id: Mapped[int] = mapped_column(ForeignKey("matching_run.id"), primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledge.id"), primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), primary_key=True)
    amount_fen: Mapped[Fen]
    parts: Mapped[dict[str, float]] = mapped_column(JSON)


class RunUnserved(Base):
    """A household that a run of people could not serve, with how many volunteers each rule left."""

    __tablename__ = "run_unserved"
    run_id: Mapped[int] = mapped_column(ForeignKey("matching_run.id"), primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), primary_key=True)
    places: Mapped[int]  # visitors still wanted
    binding: Mapped[str] = mapped_column(
        String(40)
    )  # the rule that left nobody; "taken" if all went elsewhere
    left_by_rule: Mapped[dict[str, int]] = mapped_column(JSON)  # rule -> volunteers left after it, in order


class ProposalStatus(Labelled):
    """Where a proposed pairing is."""

    PROPOSED = "proposed", _("待志愿者答复")
    ACCEPTED = "accepted", _("待确认")
    CONFIRMED = "confirmed", _("已结对")
    DECLINED = "declined", _("志愿者谢绝")
    REFUSED = "refused", _("家庭未同意")
    EXPIRED = "expired", _("已过期")
    WITHDRAWN = "withdrawn", _("已撤回")


class DeclineReason(Labelled):
    """Why a volunteer says no."""

    TIME = "time", _("时间不合适")
    DISTANCE = "distance", _("距离太远")
    SKILL = "skill", _("不擅长这项服务")
    KNOWN = "known", _("与该家庭相识或有亲属关系")
    HEALTH = "health", _("身体或家庭原因")
    OTHER = "other", _("其他")


OPEN_PROPOSALS = (ProposalStatus.PROPOSED, ProposalStatus.ACCEPTED)  # they take a place
OPEN_PROPOSAL = text("status in ('proposed', 'accepted')")


class Proposal(Base):
    """A pairing that is proposed: the volunteer answers, the household consents, staff confirm."""

    __tablename__ = "proposal"
    __table_args__ = (
        Index(
            "one_open_proposal",
            "volunteer_id",
            "household_id",
            unique=True,
            sqlite_where=OPEN_PROPOSAL,
            postgresql_where=OPEN_PROPOSAL,
        ),
        Index("ix_proposal_household", "household_id", "status"),
        Index("ix_proposal_volunteer", "volunteer_id", "status"),
        Index("ix_proposal_list", "status", "area_code"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("matching_run.id"), index=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"))
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))  # of the household
    status: Mapped[ProposalStatus]
    points: Mapped[float]
    parts: Mapped[dict[str, float]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]
    decline_reason: Mapped[DeclineReason | None]
    decline_note: Mapped[str] = mapped_column(Sealed("proposal.decline_note"), default="")
    consent_at: Mapped[datetime | None]  # the household agreed, noted by staff
    consent_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    consent_how: Mapped[str] = mapped_column(String(60), default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    pairing_id: Mapped[int | None] = mapped_column(ForeignKey("pairing.id"))


class GrantStatus(Labelled):
    """Where proposed money is."""

    PROPOSED = "proposed", _("待企业答复")
    AGREED = "agreed", _("待确认")
    CONFIRMED = "confirmed", _("已预留")
    DECLINED = "declined", _("企业谢绝")
    EXPIRED = "expired", _("已过期")
    WITHDRAWN = "withdrawn", _("已撤回")


OPEN_GRANTS = (GrantStatus.PROPOSED, GrantStatus.AGREED)  # they take money
OPEN_GRANT = text("status in ('proposed', 'agreed')")


class Grant(Base):
    """Money of a pledge that is proposed for a need: the company agrees, staff confirm."""

    __tablename__ = "grant_proposal"
    __table_args__ = (
        CheckConstraint("amount_fen > 0", name="amount_positive"),
        Index(
            "one_open_grant",
            "pledge_id",
            "need_id",
            unique=True,
            sqlite_where=OPEN_GRANT,
            postgresql_where=OPEN_GRANT,
        ),
        Index("ix_grant_proposal_need", "need_id", "status"),
        Index("ix_grant_proposal_pledge", "pledge_id", "status"),
        Index("ix_grant_proposal_list", "status", "area_code"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("matching_run.id"), index=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledge.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))  # of the household
    status: Mapped[GrantStatus]
    amount_fen: Mapped[Fen]
    parts: Mapped[dict[str, float]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]
    decline_note: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reservation_id: Mapped[int | None] = mapped_column(ForeignKey("reservation.id"))

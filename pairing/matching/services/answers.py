"""Volunteers and companies answer what is proposed to them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.audit.services import record
from pairing.errors import RuleBroken
from pairing.households.models import Household, HouseholdStatus
from pairing.matching.models import (
    OPEN_GRANTS,
    OPEN_PROPOSALS,
    DeclineReason,
    Grant,
    GrantStatus,
    Proposal,
    ProposalStatus,
)
from pairing.matching.services.messages import tell_staff
from pairing.matching.services.runs import OPEN_FOR
from pairing.readers import everywhere
from pairing.wording import _


def accept_proposal(session: Session, proposal: Proposal, by: User | None, now: datetime) -> None:
    """The volunteer says yes; staff have seven days more to ask the household and confirm.

    Raises
    ------
    RuleBroken : it was answered before, its time is over, or the household left the register.
    """
    session.refresh(proposal, with_for_update=True)
    _check_open(proposal, now, (ProposalStatus.PROPOSED,))
    with everywhere(session, "whether the household still wants help"):
        home = session.get_one(Household, proposal.household_id)
    if home.status is not HouseholdStatus.OPEN:
        raise RuleBroken(_("该户已退出帮扶,谢谢您的好意"), "household_closed")
    proposal.status, proposal.answered_at = ProposalStatus.ACCEPTED, now
    proposal.expires_at = now + OPEN_FOR
    record(session, by, "accept_proposal", proposal, now)
    tell_staff(session, proposal, now)


def decline_proposal(
    session: Session, proposal: Proposal, by: User | None, reason: DeclineReason, note: str, now: datetime
) -> None:
    """The volunteer says no, at once or after having said yes; the place is free again.

    Raises
    ------
    RuleBroken : it was decided before, or its time is over.
    """
    session.refresh(proposal, with_for_update=True)
    _check_open(proposal, now, OPEN_PROPOSALS)
    proposal.status, proposal.answered_at = ProposalStatus.DECLINED, now
    proposal.decline_reason, proposal.decline_note = reason, note.strip()
    record(session, by, "decline_proposal", proposal, now, {"reason": reason.value})


def agree_grant(session: Session, grant: Grant, by: User | None, now: datetime) -> None:
    """The company says yes; staff confirm and the money is reserved. RuleBroken as `accept_proposal`."""
    session.refresh(grant, with_for_update=True)
    _check_open(grant, now, (GrantStatus.PROPOSED,))
    grant.status, grant.answered_at = GrantStatus.AGREED, now
    grant.expires_at = now + OPEN_FOR
    record(session, by, "agree_grant", grant, now)
    tell_staff(session, grant, now)


def agree_grants(
    session: Session, grants: Collection[Grant], by: User | None, now: datetime
) -> tuple[int, int]:
    """Agree to several at once; return how many that did, and how many were answered or over already."""
    done = 0
    for grant in sorted(grants, key=lambda grant: grant.id):
        try:
            agree_grant(session, grant, by, now)
        except RuleBroken:
            continue
        done += 1
    return done, len(grants) - done


def decline_grant(session: Session, grant: Grant, by: User | None, note: str, now: datetime) -> None:
    """The company says no, at once or after having said yes; the money is free again."""
    session.refresh(grant, with_for_update=True)
    _check_open(grant, now, OPEN_GRANTS)
    grant.status, grant.answered_at = GrantStatus.DECLINED, now
    grant.decline_note = note.strip()
    record(session, by, "decline_grant", grant, now)


def _check_open(
    asked: Proposal | Grant, now: datetime, statuses: tuple[ProposalStatus | GrantStatus, ...]
) -> None:
    if asked.status in (ProposalStatus.EXPIRED, GrantStatus.EXPIRED) or (
        asked.status in statuses and asked.expires_at <= now
    ):
        raise RuleBroken(_("这条建议已过期,名额已经放开"), "proposal_expired")
    if asked.status not in statuses:
        raise RuleBroken(_("这条建议已经答复过:%(status)s", status=asked.status.label), "already_answered")

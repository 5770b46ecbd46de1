"""Open proposals without an answer free their place after seven days."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing.audit.services import record
from pairing.matching.models import Grant, GrantStatus, Proposal, ProposalStatus


def expire_open(session: Session, now: datetime) -> int:
    """Let every open proposal, of people or money, expire whose time is over; return how many."""
    proposals = session.scalars(
        select(Proposal)
        .where(
            Proposal.status.in_((ProposalStatus.PROPOSED, ProposalStatus.ACCEPTED)),
            Proposal.expires_at <= now,
        )
        .order_by(Proposal.id)
        .with_for_update(skip_locked=True)
    ).all()
    grants = session.scalars(
        select(Grant)
        .where(Grant.status.in_((GrantStatus.PROPOSED, GrantStatus.AGREED)), Grant.expires_at <= now)
        .order_by(Grant.id)
        .with_for_update(skip_locked=True)
    ).all()
    for proposal in proposals:
        proposal.status = ProposalStatus.EXPIRED
        record(session, None, "expire_proposal", proposal, now)
    for grant in grants:
        grant.status = GrantStatus.EXPIRED
        record(session, None, "expire_grant", grant, now)
    return len(proposals) + len(grants)

"""Open proposals without an answer free their place after seven days."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing.audit.services import record_many
from pairing.matching.models import OPEN_GRANTS, OPEN_PROPOSALS, Grant, GrantStatus, Proposal, ProposalStatus
from pairing.readers import everywhere
from pairing.wording import Labelled

AskedT = TypeVar("AskedT", Proposal, Grant)


def expire_open(session: Session, now: datetime) -> int:
    """Let every open proposal, of people or money, expire whose time is over; return how many."""
    with everywhere(session, "what is over expires, wherever it lies"):
        return _expire(session, now)


def _expire(session: Session, now: datetime) -> int:
    proposals = _over(session, Proposal, OPEN_PROPOSALS, now)
    for proposal in proposals:
        proposal.status = ProposalStatus.EXPIRED
    record_many(session, None, "expire_proposal", proposals, now)
    grants = _over(session, Grant, OPEN_GRANTS, now)
    for grant in grants:
        grant.status = GrantStatus.EXPIRED
    record_many(session, None, "expire_grant", grants, now)
    return len(proposals) + len(grants)


def _over(
    session: Session, model: type[AskedT], states: Sequence[Labelled], now: datetime
) -> Sequence[AskedT]:
    """Lock the rows in one of *states* whose time is over, but for those that another worker holds."""
    over = select(model).where(model.status.in_(states), model.expires_at <= now).order_by(model.id)
    return session.scalars(over.with_for_update(skip_locked=True)).all()

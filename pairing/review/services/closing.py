"""A household leaves: its file closes, and whatever is under way for it ends with it."""

from datetime import datetime

from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.funds.services import release
from pairing.households import services as households
from pairing.households.models import Household
from pairing.matching.services import expire_open
from pairing.pairings.models import EndReason
from pairing.review.queries.closing import list_ties
from pairing.review.services.money import withdraw_grant
from pairing.review.services.people import end_pairing, withdraw_proposal
from pairing.visits.services import cancel_visit
from pairing.wording import _


def close_household(session: Session, household: Household, by: User, reason: str, now: datetime) -> None:
    """End pairings, take proposals back, free the money, cancel open visits, then close the file.

    Raises
    ------
    RuleBroken : the file is closed already.
    """
    households.close_household(session, household, by, now, reason)
    expire_open(session, now)  # what is over cannot be taken back any more
    why = str(_("家庭退出"))
    ties = list_ties(session, household.id)
    for pairing in ties.pairings:
        end_pairing(session, pairing, by, EndReason.HOUSEHOLD_CLOSED, "", now)
    for proposal in ties.proposals:
        withdraw_proposal(session, proposal, by, why, now)
    for grant in ties.grants:
        withdraw_grant(session, grant, by, why, now)
    for reservation in ties.reservations:
        release(session, reservation, by, now)
    for visit in ties.open_visits:
        cancel_visit(session, visit, by, why, now)

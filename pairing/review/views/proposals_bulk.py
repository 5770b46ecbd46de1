"""Several proposed pairings confirmed together, each for itself."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.queries import get_scoped
from pairing.db import current_session
from pairing.matching.models import Proposal, ProposalStatus
from pairing.review import services
from pairing.review.queries import people
from pairing.review.views.sending import bp, decide_each, keep_outcomes, kept_outcomes

PEOPLE = "people"


@bp.post("/proposals/confirm")
def confirm_proposals() -> ResponseReturnValue:
    """Staff confirm the ticked proposals as suggested; what cannot be confirmed does not hold up the rest."""
    keep_outcomes(PEOPLE, decide_each(_confirm))
    return redirect(url_for(".show_confirmed"), 303)


def _confirm(session: Session, proposal_id: int) -> None:
    proposal = get_scoped(session, Proposal, proposal_id, current_user)
    services.confirm_as_suggested(session, proposal, current_user, clock.now())


@bp.get("/proposals/confirmed")
def show_confirmed() -> ResponseReturnValue:
    """Show how many of the last ticked proposals were confirmed, which not and why."""
    session, words = current_session(), {row.row_id: row.words for row in kept_outcomes(PEOPLE)}
    proposals = people.list_scoped(session, words, current_user)
    cards = people.list_cards(session, proposals, clock.today())
    done = [card for card in cards if card.proposal.status is ProposalStatus.CONFIRMED]
    left = [card for card in cards if card.proposal.status is not ProposalStatus.CONFIRMED]
    return render_template("review/confirmed.html", done=done, left=left, words=words)

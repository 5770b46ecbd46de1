"""Several proposals of money confirmed together, each for itself."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.queries import get_scoped
from pairing.db import current_session
from pairing.matching.models import Grant, GrantStatus
from pairing.review import services
from pairing.review.queries import money
from pairing.review.views.sending import bp, decide_each, keep_outcomes, kept_outcomes

MONEY = "money"


@bp.post("/grants/confirm")
def confirm_grants() -> ResponseReturnValue:
    """Staff reserve the ticked money; what cannot be reserved does not hold up the rest."""
    keep_outcomes(MONEY, decide_each(_confirm))
    return redirect(url_for(".show_reserved"), 303)


def _confirm(session: Session, grant_id: int) -> None:
    grant = get_scoped(session, Grant, grant_id, current_user)
    services.confirm_grant(session, grant, current_user, clock.now())


@bp.get("/grants/confirmed")
def show_reserved() -> ResponseReturnValue:
    """Show how much of the last ticked money was reserved, what not and why."""
    session, words = current_session(), {row.row_id: row.words for row in kept_outcomes(MONEY)}
    cards = money.list_cards(session, money.list_scoped(session, words, current_user))
    done = [card for card in cards if card.grant.status is GrantStatus.CONFIRMED]
    left = [card for card in cards if card.grant.status is not GrantStatus.CONFIRMED]
    total = sum(card.grant.amount_fen for card in done)
    return render_template("review/reserved.html", done=done, left=left, words=words, total=total)

"""Where the money of a pledge is, for its company and for staff."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pairing.accounts.rules import STAFF
from pairing.audit.access import note_read
from pairing.db import current_session
from pairing.review.queries.pledges import get_ledger
from pairing.review.views.sending import bp


@bp.get("/pledges/<int:pledge_id>")
def show_pledge(pledge_id: int) -> ResponseReturnValue:
    """One bar for a pledge, and where its money was reserved; companies see pseudonyms only."""
    ledger = get_ledger(current_session(), pledge_id, current_user)
    page = render_template("review/pledge.html", ledger=ledger, is_staff=current_user.role in STAFF)
    note_read(ledger.pledge)
    return page

"""What is proposed to a volunteer; on a phone first."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.db import current_session, transaction
from pairing.matching import services
from pairing.matching.forms import DeclineProposalForm
from pairing.matching.models import Proposal
from pairing.matching.queries import mine
from pairing.matching.views.blueprint import bp
from pairing.web.paging import requested_page


@bp.get("/mine")
def list_my_proposals() -> ResponseReturnValue:
    """The proposals that wait for this volunteer, or those that are over."""
    session, is_waiting = current_session(), request.args.get("tab") != "over"
    found = mine.select_my_proposals(current_user, is_waiting)
    page = requested_page(session, found)
    pairs = zip(page.rows, mine.list_own_cards(session, page.rows), strict=True)
    return render_template("matching/my_proposals.html", page=page, pairs=list(pairs), is_waiting=is_waiting)


@bp.get("/mine/<int:proposal_id>")
def show_my_proposal(proposal_id: int) -> ResponseReturnValue:
    """One proposal: what matters of the household, but not yet who it is."""
    return _page(mine.get_my_proposal(current_session(), proposal_id, current_user), DeclineProposalForm())


@bp.post("/mine/<int:proposal_id>/accept")
def accept_proposal(proposal_id: int) -> ResponseReturnValue:
    """The volunteer says yes."""
    here = url_for(".show_my_proposal", proposal_id=proposal_id)
    with transaction() as session:
        proposal = mine.get_my_proposal(session, proposal_id, current_user)
        services.accept_proposal(session, proposal, current_user, clock.now())
        flash(_("谢谢您!社区会征求家庭的意见,确认后把联系方式和首次走访时间发给您。"))
    return redirect(here, 303)


@bp.post("/mine/<int:proposal_id>/decline")
def decline_proposal(proposal_id: int) -> ResponseReturnValue:
    """The volunteer says no."""
    form, here = DeclineProposalForm(), url_for(".list_my_proposals")
    with transaction() as session:
        proposal = mine.get_my_proposal(session, proposal_id, current_user)
        if not form.validate_on_submit():
            return _page(proposal, form), 422
        given = form.reason.data, form.note.data or ""
        services.decline_proposal(session, proposal, current_user, *given, clock.now())
        flash(_("已记下,谢谢您告诉我们。以后不会再向您建议这一户。"))
    return redirect(here, 303)


def _page(proposal: Proposal, form: DeclineProposalForm) -> str:
    card = mine.list_own_cards(current_session(), [proposal])[0]
    return render_template("matching/my_proposal.html", proposal=proposal, card=card, form=form)

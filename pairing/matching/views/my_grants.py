"""What is proposed to a company for its pledges; the household is a pseudonym."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.db import current_session, transaction
from pairing.matching import services
from pairing.matching.forms import DeclineGrantForm
from pairing.matching.models import Grant
from pairing.matching.queries import mine
from pairing.matching.views.blueprint import bp
from pairing.web.addresses import row_id
from pairing.web.form import BaseForm
from pairing.web.paging import PER_PAGE, requested_page


@bp.get("/grants/mine")
def list_my_grants() -> ResponseReturnValue:
    """The grants that this company is asked for, or the others."""
    session, is_asked = current_session(), request.args.get("tab") != "over"
    found = mine.select_my_grants(current_user, is_asked)
    page = requested_page(session, found)
    cards = mine.list_grant_cards(session, page.rows)
    return render_template(
        "matching/my_grants.html", page=page, cards=cards, is_asked=is_asked, form=BaseForm()
    )


@bp.post("/grants/agree")
def agree_grants() -> ResponseReturnValue:
    """The company agrees to the ticked ones."""
    ids, here = request.form.getlist("grant", type=row_id)[:PER_PAGE], url_for(".list_my_grants")
    with transaction() as session:
        grants = mine.list_own_grants(session, ids, current_user)
        done, over = services.agree_grants(session, grants, current_user, clock.now())
        flash(_("已同意 %(done)d 笔,工作人员确认后预留。", done=done))
        if over:
            flash(_("%(over)d 笔已答复或已过期,没有改动。", over=over), "warning")
    return redirect(here, 303)


@bp.get("/grants/<int:grant_id>")
def show_my_grant(grant_id: int) -> ResponseReturnValue:
    """One grant: what it is for, and the answer."""
    return _page(mine.get_my_grant(current_session(), grant_id, current_user), DeclineGrantForm())


@bp.post("/grants/<int:grant_id>/agree")
def agree_grant(grant_id: int) -> ResponseReturnValue:
    """The company says yes."""
    here = url_for(".show_my_grant", grant_id=grant_id)
    with transaction() as session:
        grant = mine.get_my_grant(session, grant_id, current_user)
        services.agree_grant(session, grant, current_user, clock.now())
        flash(_("已同意,谢谢!工作人员确认后,这笔资金为该户预留。"))
    return redirect(here, 303)


@bp.post("/grants/<int:grant_id>/decline")
def decline_grant(grant_id: int) -> ResponseReturnValue:
    """The company says no."""
    form, here = DeclineGrantForm(), url_for(".list_my_grants")
    with transaction() as session:
        grant = mine.get_my_grant(session, grant_id, current_user)
        if not form.validate_on_submit():
            return _page(grant, form), 422
        services.decline_grant(session, grant, current_user, form.note.data, clock.now())
        flash(_("已记下。这笔资金仍在贵单位的认捐余额里。"))
    return redirect(here, 303)


def _page(grant: Grant, form: DeclineGrantForm) -> str:
    card = mine.list_grant_cards(current_session(), [grant])[0]
    return render_template("matching/my_grant.html", card=card, grant=grant, form=form)

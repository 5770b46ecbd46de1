"""Proposed money: the list, one of them, and what staff note and decide."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.audit.access import note_read
from pairing.db import current_session, transaction
from pairing.review import services
from pairing.review.forms import NoteCompanyAnswerForm, WithdrawForm
from pairing.review.queries import money
from pairing.review.views.sending import bp, chosen_area, offered_areas
from pairing.web.form import BaseForm
from pairing.web.paging import requested_page


@bp.get("/grants")
def list_grants() -> ResponseReturnValue:
    """Proposed money of the area by what it waits for."""
    session, area = current_session(), chosen_area()
    counts = money.count_tabs(session, current_user, area)
    tab = request.args.get("tab") or (money.READY if counts[money.READY] else money.ASKED)
    page = requested_page(session, money.select_grants(current_user, tab, area))
    cards = money.list_cards(session, page.rows)
    return render_template(
        "review/grants.html", page=page, cards=cards, tab=tab, counts=counts, area=area, areas=offered_areas()
    )


@bp.get("/grants/<int:grant_id>")
def show_grant(grant_id: int) -> ResponseReturnValue:
    """One proposal of money: whose, for what, and what is to be done next."""
    card = money.get_card(current_session(), grant_id, current_user)
    page = _page(card)
    note_read(card.household)
    note_read(card.enterprise)
    return page


def _page(card: money.GrantCard, form: BaseForm | None = None) -> str:
    forms = {"answer": NoteCompanyAnswerForm, "withdrawal": WithdrawForm, "confirm": BaseForm}
    drawn = {name: form if isinstance(form, kind) else kind(formdata=None) for name, kind in forms.items()}
    return render_template("review/grant.html", card=card, **drawn)


@bp.post("/grants/<int:grant_id>/answer")
def note_grant_answer(grant_id: int) -> ResponseReturnValue:
    """Staff note what a company without account answered."""
    form, here = NoteCompanyAnswerForm(), url_for(".show_grant", grant_id=grant_id)
    with transaction() as session:
        card = money.get_card(session, grant_id, current_user)
        if not form.validate_on_submit():
            return _page(card, form), 422
        told = form.how.data, form.is_yes, form.note.data or ""
        services.note_grant_answer(session, card.grant, current_user, *told, clock.now())
    flash(_("已记录企业的答复"))
    return redirect(here, 303)


@bp.post("/grants/<int:grant_id>/confirm")
def confirm_grant(grant_id: int) -> ResponseReturnValue:
    """Staff confirm proposed money; it is reserved."""
    form, here = BaseForm(), url_for(".show_grant", grant_id=grant_id)
    with transaction() as session:
        card = money.get_card(session, grant_id, current_user, lock=True)
        if form.validate_on_submit():
            services.confirm_grant(session, card.grant, current_user, clock.now())
    flash(_("资金已预留,已通知企业"))
    return redirect(here, 303)


@bp.post("/grants/<int:grant_id>/withdraw")
def withdraw_grant(grant_id: int) -> ResponseReturnValue:
    """Staff take a proposal of money back."""
    form, here = WithdrawForm(), url_for(".show_grant", grant_id=grant_id)
    with transaction() as session:
        card = money.get_card(session, grant_id, current_user)
        if not form.validate_on_submit():
            return _page(card, form), 422
        note = form.withdrawn_note.data or ""
        services.withdraw_grant(session, card.grant, current_user, note, clock.now())
    flash(_("建议已撤回,金额回到认捐余额"))
    return redirect(here, 303)

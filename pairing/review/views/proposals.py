"""Proposed pairings: the list, one of them, and what staff note and decide."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.audit.access import note_read
from pairing.consents.queries import has_consent
from pairing.consents.rules import Purpose, text_on
from pairing.db import current_session, transaction
from pairing.matching.rules.weights import PART_LABELS
from pairing.review import services
from pairing.review.forms import (
    ConfirmProposalForm,
    NoteConsentForm,
    NoteFirstConsentForm,
    NoteVolunteerAnswerForm,
    RefuseConsentForm,
    WithdrawForm,
)
from pairing.review.queries import people
from pairing.review.rules import How
from pairing.review.views.sending import bp, chosen_area, offered_areas
from pairing.web.filters import day
from pairing.web.form import BaseForm
from pairing.web.paging import requested_page

HOW = {how.value: how.label for how in How}


@bp.get("")
def list_proposals() -> ResponseReturnValue:
    """Proposed pairings of the area by what they wait for."""
    session, area = current_session(), chosen_area()
    counts = people.count_tabs(session, current_user, area)
    tab = request.args.get("tab") or next((tab for tab in ("ready", "consent") if counts[tab]), people.ASKED)
    found = people.select_proposals(current_user, tab, area)
    page = requested_page(session, found)
    cards = people.list_cards(session, page.rows, clock.today())
    return render_template(
        "review/proposals.html",
        page=page,
        cards=cards,
        tab=tab,
        counts=counts,
        area=area,
        areas=offered_areas(),
    )


@bp.get("/proposals/<int:proposal_id>")
def show_proposal(proposal_id: int) -> ResponseReturnValue:
    """One proposed pairing: both sides, why, and what is to be done next."""
    card = people.get_card(current_session(), proposal_id, current_user, clock.today())
    page = _page(card)
    note_read(card.household)
    note_read(card.volunteer)
    return page


def _page(card: people.Card, form: BaseForm | None = None) -> str:
    """Draw the proposal; *form* is the one that came back with errors."""
    forms: dict[str, Any] = {
        "answer": NoteVolunteerAnswerForm,
        "refusal": RefuseConsentForm,
        "withdrawal": WithdrawForm,
    }
    drawn = {name: form if isinstance(form, kind) else kind(formdata=None) for name, kind in forms.items()}
    confirm = form if isinstance(form, ConfirmProposalForm) else _fresh_form(card)
    noting = isinstance(form, NoteConsentForm | NoteFirstConsentForm)
    drawn["consent"] = form if noting else _consent_form(card, formdata=None)
    words = {"labels": PART_LABELS, "names": people.staff_names(current_session(), card.proposal), "how": HOW}
    agreed = {"text": text_on(Purpose.PAIRING, clock.today()), "has_consent": _has_consent(card)}
    return render_template("review/proposal.html", card=card, confirm=confirm, **agreed, **words, **drawn)


def _has_consent(card: people.Card) -> bool:
    """Whether the household has consented to pairing as such."""
    return has_consent(current_session(), card.household.id, Purpose.PAIRING, clock.today())


def _consent_form(card: people.Card, **kwargs: Any) -> NoteConsentForm | NoteFirstConsentForm:  # noqa: ANN401
    """Ask for the whole consent, unless the household has given it before."""
    if _has_consent(card):
        return NoteConsentForm(**kwargs)
    return NoteFirstConsentForm(**kwargs).ask(card.household, Purpose.PAIRING)


def _fresh_form(card: people.Card) -> ConfirmProposalForm:
    return ConfirmProposalForm(formdata=None).offer(card.visit, clock.today()).suggest(card.visit)


@bp.post("/proposals/<int:proposal_id>/answer")
def note_answer(proposal_id: int) -> ResponseReturnValue:
    """Staff note what a volunteer without account answered."""
    form, here = NoteVolunteerAnswerForm(), url_for(".show_proposal", proposal_id=proposal_id)
    with transaction() as session:
        card = people.get_card(session, proposal_id, current_user, clock.today())
        if not form.validate_on_submit():
            return _page(card, form), 422
        told = form.how.data, form.reason_of_no, form.note.data or ""
        services.note_answer(session, card.proposal, current_user, *told, clock.now())
    flash(_("已记录志愿者的答复"))
    return redirect(here, 303)


@bp.post("/proposals/<int:proposal_id>/consent")
def note_consent(proposal_id: int) -> ResponseReturnValue:
    """Staff note that the household agrees."""
    here = url_for(".show_proposal", proposal_id=proposal_id)
    with transaction() as session:
        card = people.get_card(session, proposal_id, current_user, clock.today())
        form = _consent_form(card)
        if not form.validate_on_submit():
            return _page(card, form), 422
        how, agreed = form.told()
        services.note_consent(session, card.proposal, current_user, how, clock.now(), agreed)
    flash(_("已记录家庭同意,可以确认结对"))
    return redirect(here, 303)


@bp.post("/proposals/<int:proposal_id>/refuse")
def refuse_consent(proposal_id: int) -> ResponseReturnValue:
    """Staff note that the household says no."""
    form, here = RefuseConsentForm(), url_for(".show_proposal", proposal_id=proposal_id)
    with transaction() as session:
        card = people.get_card(session, proposal_id, current_user, clock.today())
        if not form.validate_on_submit():
            return _page(card, form), 422
        how, note = form.refused_how.data, form.refused_note.data or ""
        services.refuse_consent(session, card.proposal, current_user, how, note, clock.now())
    flash(_("已记录家庭不同意,名额已空出,可重新匹配"))
    return redirect(here, 303)


@bp.post("/proposals/<int:proposal_id>/confirm")
def confirm_proposal(proposal_id: int) -> ResponseReturnValue:
    """Staff confirm a proposed pairing; its visit plan starts."""
    here = url_for(".show_proposal", proposal_id=proposal_id)
    with transaction() as session:
        card = people.get_card(session, proposal_id, current_user, clock.today(), lock=True)
        form = ConfirmProposalForm().offer(card.visit, clock.today())
        if not form.validate_on_submit():
            return _page(card, form), 422
        services.confirm_proposal(session, card.proposal, current_user, *form.plan(), clock.now())
    flash(_("结对已确认,已通知志愿者,首次走访 %(day)s", day=day(form.first_visit_on.data)))
    return redirect(here, 303)


@bp.post("/proposals/<int:proposal_id>/withdraw")
def withdraw_proposal(proposal_id: int) -> ResponseReturnValue:
    """Staff take a proposal back."""
    form, here = WithdrawForm(), url_for(".show_proposal", proposal_id=proposal_id)
    with transaction() as session:
        card = people.get_card(session, proposal_id, current_user, clock.today())
        if not form.validate_on_submit():
            return _page(card, form), 422
        note = form.withdrawn_note.data or ""
        services.withdraw_proposal(session, card.proposal, current_user, note, clock.now())
    flash(_("建议已撤回,名额已空出"))
    return redirect(here, 303)

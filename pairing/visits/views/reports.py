"""The report: by the volunteer, or by staff for one without an account."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.queries import get_own, get_scoped
from pairing.db import current_session, transaction
from pairing.submissions.forms import claim_form, settle_form
from pairing.visits import queries, services
from pairing.visits.forms import ReportVisitForm
from pairing.visits.models import Visit, VisitStatus
from pairing.visits.services.words import place_words
from pairing.visits.views import bp
from pairing.visits.views.photos import inspect_photos
from pairing.volunteers.models import Volunteer


@bp.get("/mine/<int:visit_id>/report")
def edit_my_report(visit_id: int) -> ResponseReturnValue:
    """Ask the volunteer how it went."""
    visit = _own(current_session(), visit_id)
    back = url_for(".show_my_visit", visit_id=visit_id)
    return redirect(back) if _is_over(visit) else _page(current_session(), visit, _started(visit), back)


@bp.post("/mine/<int:visit_id>/report")
def report_my_visit(visit_id: int) -> ResponseReturnValue:
    """Close the volunteer's visit."""
    back = url_for(".show_my_visit", visit_id=visit_id)
    return _report(lambda session: _own(session, visit_id), url_for(".list_my_visits"), back)


@bp.get("/<int:visit_id>/report")
def edit_report(visit_id: int) -> ResponseReturnValue:
    """Ask staff what the volunteer told them."""
    visit = get_scoped(current_session(), Visit, visit_id, current_user)
    back = url_for(".show_visit", visit_id=visit_id)
    return redirect(back) if _is_over(visit) else _page(current_session(), visit, _started(visit), back)


@bp.post("/<int:visit_id>/report")
def report_visit(visit_id: int) -> ResponseReturnValue:
    """Close the visit for the volunteer."""
    back = url_for(".show_visit", visit_id=visit_id)
    return _report(lambda session: get_scoped(session, Visit, visit_id, current_user), back, back)


def _report(find: Callable[[Session], Visit], onward: str, back: str) -> ResponseReturnValue:
    """Close a visit by the form that was sent; photos are looked through before the transaction."""
    form, visit = ReportVisitForm(), find(current_session())
    photos = inspect_photos(form, visit) if form.validate_on_submit() else None
    if photos is None:
        return _page(current_session(), visit, form, back), 422
    with transaction() as session:
        visit = find(session)
        if first := claim_form(session, form):
            return redirect(first, 303)
        report = services.report_visit(session, visit, form.values(photos), current_user, clock.now())
        settle_form(session, form, onward)
    if report.is_met:
        flash(_("走访记录已保存,谢谢您!"))
    else:
        flash(_("已记录“没见到”,三天内再去一次,届时会提醒"), "warning")
    return redirect(onward, 303)


def _own(session: Session, visit_id: int) -> Visit:
    return queries.get_own_visit(session, visit_id, get_own(session, Volunteer, current_user))


def _is_over(visit: Visit) -> bool:
    return visit.status is not VisitStatus.PLANNED


def _started(visit: Visit) -> ReportVisitForm:
    return ReportVisitForm(visited_on=min(visit.planned_on, clock.today()))


def _page(session: Session, visit: Visit, form: ReportVisitForm, back: str) -> str:
    words = {"place": place_words(session, visit), "back": back}
    may_photo = queries.may_take_photos(session, visit, clock.today())
    return render_template("visits/report.html", visit=visit, form=form, may_photo=may_photo, **words)

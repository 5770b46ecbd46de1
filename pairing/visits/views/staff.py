"""Pages on which staff look after visits."""

from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.queries import get_scoped
from pairing.accounts.rules import knows_by_duty
from pairing.areas.queries import area_path
from pairing.audit.access import note_read
from pairing.db import current_session, transaction
from pairing.households.models import Household
from pairing.visits import queries, services
from pairing.visits.forms import WEEK, CancelVisitForm, ListVisitsForm, MoveVisitForm, OpenVisitForm
from pairing.visits.models import Visit
from pairing.visits.views import bp
from pairing.visits.views.photos import photo_addresses
from pairing.volunteers.models import Volunteer
from pairing.volunteers.queries import shown_of
from pairing.web.paging import requested_page


class Answer(NamedTuple):
    """A page and its status."""

    page: str
    status: int


@bp.get("")
def list_visits() -> ResponseReturnValue:
    """Show the visits of a week, overdue ones first."""
    session, form = current_session(), ListVisitsForm(request.args)
    chosen = form.chosen()
    page = requested_page(session, queries.list_visits(current_user, chosen))
    overdue = queries.count_overdue(session, current_user, chosen.today)
    return render_template(
        "visits/list.html", form=form, chosen=chosen, page=page, overdue=overdue, week=WEEK
    )


@bp.get("/new/<int:household_id>")
def new_open_visit(household_id: int) -> ResponseReturnValue:
    """Ask for the day of a visit to be offered for sign-up."""
    household = get_scoped(current_session(), Household, household_id, current_user)
    return render_template("visits/new.html", form=OpenVisitForm(part=0), household=household)


@bp.post("/new/<int:household_id>")
def open_visit(household_id: int) -> ResponseReturnValue:
    """Offer the visit."""
    form = OpenVisitForm()
    with transaction() as session:
        household = get_scoped(session, Household, household_id, current_user)
        if not form.validate_on_submit():
            return render_template("visits/new.html", form=form, household=household), 422
        plan = form.planned_on.data, form.half_day, form.purpose.data or ""
        visit = services.open_visit(session, household, *plan, current_user, clock.now())
    flash(_("走访已开放报名,附近的志愿者现在就能看到"))
    return redirect(url_for(".show_visit", visit_id=visit.id), 303)


@bp.get("/<int:visit_id>")
def show_visit(visit_id: int) -> ResponseReturnValue:
    """Show one visit with its people, report and reminders."""
    session = current_session()
    visit = get_scoped(session, Visit, visit_id, current_user)
    move = MoveVisitForm()
    move.show(visit)
    page = _page(session, visit, move, CancelVisitForm(), 200)
    _note_people(session, visit)
    return page


@bp.post("/<int:visit_id>/move")
def move_visit(visit_id: int) -> ResponseReturnValue:
    """Move the visit to another day."""
    form = MoveVisitForm()
    with transaction() as session:
        visit = get_scoped(session, Visit, visit_id, current_user)
        if not form.validate_on_submit():
            return _page(session, visit, form, CancelVisitForm(), 422)
        services.move_visit(session, visit, form.planned_on.data, form.half_day, current_user, clock.now())
    flash(_("走访已改期,提醒也随之改期"))
    return redirect(url_for(".show_visit", visit_id=visit_id), 303)


@bp.post("/<int:visit_id>/cancel")
def cancel_visit(visit_id: int) -> ResponseReturnValue:
    """Cancel the visit."""
    form, move = CancelVisitForm(), MoveVisitForm(formdata=None)
    with transaction() as session:
        visit = get_scoped(session, Visit, visit_id, current_user)
        if not form.validate_on_submit():
            move.show(visit)
            return _page(session, visit, move, form, 422)
        services.cancel_visit(session, visit, current_user, form.cancel_note.data or "", clock.now())
    flash(_("走访已取消,未发出的提醒也已取消"))
    return redirect(url_for(".show_visit", visit_id=visit_id), 303)


def _phone_of(volunteer: Volunteer) -> str:
    """Return the telephone, whole for the worker of the community only."""
    is_open_book = knows_by_duty(current_user.role)
    return shown_of(volunteer, is_open_book, clock.today()).phone


def _note_people(session: Session, visit: Visit) -> None:
    """Tell the trail whose files the page of a visit opens."""
    note_read(session.get_one(Household, visit.household_id))
    if visit.volunteer_id:
        note_read(session.get_one(Volunteer, visit.volunteer_id))


def _page(
    session: Session, visit: Visit, move: MoveVisitForm, cancel: CancelVisitForm, status: int
) -> Answer:
    volunteer = session.get(Volunteer, visit.volunteer_id) if visit.volunteer_id else None
    page = render_template(
        "visits/show.html",
        visit=visit,
        household=session.get_one(Household, visit.household_id),
        volunteer=volunteer,
        volunteer_phone=_phone_of(volunteer) if volunteer else "",
        path=area_path(session, visit.area_code),
        report=queries.find_report(session, visit),
        photos=photo_addresses(".show_photo", visit),
        reminders=queries.list_reminders(session, visit),
        move=move,
        cancel=cancel,
        today=clock.today(),
    )
    return Answer(page, status)

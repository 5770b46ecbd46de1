"""Open visits that a volunteer may take."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.accounts.queries import get_own
from pairing.db import current_session, transaction
from pairing.visits import queries, services
from pairing.visits.views import bp
from pairing.volunteers.models import Volunteer
from pairing.web.filters import day


@bp.get("/open")
def list_open_visits() -> ResponseReturnValue:
    """Show the open visits nearby, at first those that fit the volunteer's half-days."""
    session, everything = current_session(), request.args.get("when") == "all"
    volunteer = get_own(session, Volunteer, current_user)
    found = queries.list_open_visits(session, volunteer, clock.now())
    fitting = [item for item in found if item.fits]
    return render_template(
        "visits/open.html",
        items=found if everything else fitting,
        counts=(len(fitting), len(found)),
        everything=everything,
    )


@bp.post("/open/<int:visit_id>/sign-up")
def sign_up(visit_id: int) -> ResponseReturnValue:
    """Take an open visit."""
    with transaction() as session:
        volunteer = get_own(session, Volunteer, current_user)
        visit = queries.get_open_visit(session, visit_id, volunteer)
        services.sign_up(session, visit, volunteer, current_user, clock.now())
        on = day(visit.planned_on)
    flash(_("报名成功:%(day)s。走访前一天会提醒您,住址和电话在这里可以看到", day=on))
    return redirect(url_for(".show_my_visit", visit_id=visit_id), 303)

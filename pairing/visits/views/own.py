"""A volunteer's own visits."""

from itertools import groupby

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.accounts.queries import get_own
from pairing.audit.access import note_read
from pairing.db import current_session, transaction
from pairing.errors import NotFound
from pairing.values.phone import format_phone
from pairing.visits import queries, services
from pairing.visits.models import VisitStatus
from pairing.visits.queries import OwnVisit
from pairing.visits.views import bp
from pairing.visits.views.photos import photo_addresses
from pairing.volunteers.models import Volunteer

LAST_SHOWN = 20  # past visits on the page


@bp.get("/mine")
def list_my_visits() -> ResponseReturnValue:
    """Show what is to be reported, today's visits, the next and the past ones."""
    session = current_session()
    volunteer = get_own(session, Volunteer, current_user)
    groups = _grouped(queries.list_own_visits(session, volunteer))
    return render_template("visits/mine.html", groups=groups, today=clock.today())


@bp.get("/mine/<int:visit_id>")
def show_my_visit(visit_id: int) -> ResponseReturnValue:
    """Show one visit with what one needs at the door."""
    session = current_session()
    volunteer = get_own(session, Volunteer, current_user)
    found = queries.list_own_visits(session, volunteer, visit_id)
    if not found:
        raise NotFound
    photos = photo_addresses(".show_my_photo", found[0].visit) if found[0].household else []
    words = {"phone": _phone(found[0]), "today": clock.today(), "photos": photos}
    page = render_template("visits/mine_one.html", item=found[0], **words)
    if found[0].household:
        note_read(found[0].household)
    return page


@bp.post("/mine/<int:visit_id>/withdraw")
def withdraw_sign_up(visit_id: int) -> ResponseReturnValue:
    """Give a visit back to others."""
    with transaction() as session:
        volunteer = get_own(session, Volunteer, current_user)
        visit = queries.get_own_visit(session, visit_id, volunteer)
        services.withdraw_sign_up(session, visit, current_user, clock.now())
    flash(_("已退出报名,这次走访重新开放给其他志愿者"))
    return redirect(url_for(".list_my_visits"), 303)


def _phone(item: OwnVisit) -> str:
    return format_phone(item.household.phone) if item.household and item.household.phone else ""


def _grouped(found: list[OwnVisit]) -> dict[str, list[OwnVisit]]:
    """Sort the visits by what is to be done about them."""
    groups: dict[str, list[OwnVisit]] = {"late": [], "today": [], "next": [], "past": []}
    for group, items in groupby(found, _group_of):
        groups[group] += items
    groups["past"] = groups["past"][::-1][:LAST_SHOWN]
    return groups


def _group_of(item: OwnVisit) -> str:
    if item.visit.status is not VisitStatus.PLANNED:
        return "past"
    day, today = item.visit.planned_on, clock.today()
    return "late" if day < today else "today" if day == today else "next"

"""Days off and working Saturdays: what the office knows better than the public calendar."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.db import current_session, transaction
from pairing.errors import BadValue
from pairing.subject_requests import services
from pairing.subject_requests.forms import DayForm, DropDayForm, ImportDaysForm
from pairing.subject_requests.views.blueprint import bp
from pairing.web.filters import translate
from pairing.web.form import BaseForm
from pairing.workdays.queries import list_days, missing_years
from pairing.workdays.services import read_days

YEARS_AHEAD = 2


@bp.get("/workdays")
def show_calendar() -> ResponseReturnValue:
    """What was written down for a year, and which year is missing."""
    return _page()


@bp.post("/workdays")
def write_day() -> ResponseReturnValue:
    """Write one day down."""
    form = DayForm()
    if not form.validate_on_submit():
        return _page(form=form), 422
    with transaction() as session:
        services.write_days(session, [form.values()], current_user, clock.now())
    flash(_("已登记,此后收到的请求按新的日历计算期限"))
    return redirect(url_for(".show_calendar", year=form.day.data.year), 303)


@bp.post("/workdays/import")
def import_days() -> ResponseReturnValue:
    """Write many days down, all or none."""
    form = ImportDaysForm()
    if not form.validate_on_submit():
        return _page(import_form=form), 422
    try:
        days = read_days(form.lines.data)
    except BadValue as refused:
        form.lines.errors = [translate(refused.message)]
        return _page(import_form=form), 422
    with transaction() as session:
        count = services.write_days(session, days, current_user, clock.now())
    flash(_("已登记 %(count)d 天", count=count))
    return redirect(url_for(".show_calendar", year=days[0].day.year if days else None), 303)


@bp.post("/workdays/drop")
def drop_day() -> ResponseReturnValue:
    """Take an entry back."""
    form = DropDayForm()
    if not form.validate_on_submit():
        return _page(), 422
    with transaction() as session:
        services.drop_day(session, form.day.data, current_user, clock.now())
    flash(_("已取消登记"))
    return redirect(url_for(".show_calendar", year=form.day.data.year), 303)


def _page(**forms: BaseForm) -> str:
    session, today = current_session(), clock.today()
    years = range(today.year, today.year + YEARS_AHEAD)
    asked = request.args.get("year", type=int)
    year = asked if asked and asked in years else today.year
    empty = {"form": DayForm(formdata=None), "import_form": ImportDaysForm(formdata=None)}
    return render_template(
        "subject_requests/calendar.html",
        year=year,
        years=years,
        days=list_days(session, year),
        missing=missing_years(session, today),
        **empty | forms,
    )

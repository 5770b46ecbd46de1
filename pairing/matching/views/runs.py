"""Step 1: whom to match and by which rules; the list of runs; proposing and discarding."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.accounts.queries import get_scoped
from pairing.areas.models import AreaLevel
from pairing.areas.queries import place_names
from pairing.db import current_session, transaction
from pairing.matching import services
from pairing.matching.forms import PreviewMoneyForm, PreviewPeopleForm, WhomForm
from pairing.matching.models import MatchingRun, RunKind
from pairing.matching.queries import runs
from pairing.matching.views.blueprint import bp
from pairing.web.paging import requested_page

PREVIEWS: dict[RunKind, tuple[type[WhomForm], Any]] = {
    RunKind.PEOPLE: (PreviewPeopleForm, services.preview_people),
    RunKind.MONEY: (PreviewMoneyForm, services.preview_money),
}
INDENT = {AreaLevel.SUBDISTRICT: "\u3000", AreaLevel.COMMUNITY: "\u3000\u3000"}


@bp.get("")
def list_runs() -> ResponseReturnValue:
    """The runs of the area, newest first."""
    session = current_session()
    page = requested_page(session, runs.select_runs(current_user))
    names = place_names(session, (run.area_code for run in page.rows))
    return render_template("matching/runs.html", page=page, names=names)


@bp.get("/new")
def new_run() -> ResponseReturnValue:
    """Step 1: whom to match, and by which rules."""
    return _form_page(_kind(), _form(_kind()))


@bp.post("/new")
def preview_run() -> ResponseReturnValue:
    """Find the pairs and show them in numbers; nobody is asked yet."""
    kind, preview = _kind(), PREVIEWS[_kind()][1]
    form = _form(kind)
    if not form.validate_on_submit():
        return _form_page(kind, form), 422
    with transaction() as session:
        run = preview(session, form.area_code.data, form.weights(), current_user, clock.now())
    return redirect(url_for(".show_run", run_id=run.id), 303)


@bp.post("/<int:run_id>/propose")
def propose_run(run_id: int) -> ResponseReturnValue:
    """Ask the people whom the run found."""
    here = url_for(".show_run", run_id=run_id)
    with transaction() as session:
        run = get_scoped(session, MatchingRun, run_id, current_user, lock=True)
        services.propose(session, run, current_user, clock.now())
        flash(_("建议已经发出,请等 7 天内的答复。"))
    return redirect(here, 303)


@bp.post("/<int:run_id>/discard")
def discard_run(run_id: int) -> ResponseReturnValue:
    """Put a preview aside."""
    with transaction() as session:
        run = get_scoped(session, MatchingRun, run_id, current_user, lock=True)
        services.discard_run(session, run, current_user, clock.now())
    flash(_("已放弃这次预览,没有通知任何人。"))
    return redirect(url_for(".list_runs"), 303)


def _kind() -> RunKind:
    typed = request.args.get("kind", "")
    return RunKind(typed) if typed in set(RunKind) else RunKind.PEOPLE


def _form(kind: RunKind) -> WhomForm:
    areas = runs.list_choosable(current_session(), current_user)
    choices = [(area.code, INDENT.get(area.level, "") + area.name) for area in areas]
    return PREVIEWS[kind][0]().offer(choices)


def _form_page(kind: RunKind, form: WhomForm) -> str:
    return render_template("matching/new.html", kind=kind, form=form)

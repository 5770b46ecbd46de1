"""Importing workbooks: upload, look at every row's verdict, confirm, see what came of it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.access import tell_refusal
from pairing.accounts.queries import get_scoped
from pairing.areas.queries import area_names, list_areas
from pairing.db import current_session, transaction
from pairing.errors import BadValue, NotFound
from pairing.files.rules.refusals import Infected
from pairing.files.services import refuse_infected
from pairing.rosters import services
from pairing.rosters.forms import UploadRosterForm
from pairing.rosters.models import RosterImport, RosterKind, RosterStatus
from pairing.rosters.queries import list_imports as list_imports_in
from pairing.rosters.services.pages import FILTERS, narrow
from pairing.rosters.services.sheets import blank_roster, refused_rows
from pairing.rosters.services.verdicts import Verdict
from pairing.submissions.forms import claim_form, settle_form
from pairing.web.downloads import workbook
from pairing.web.form import BaseForm
from pairing.web.paging import Page, page_number, requested_page

bp = Blueprint("rosters", __name__, url_prefix="/rosters")
PER_PAGE = 100


@bp.get("")
def list_imports() -> ResponseReturnValue:
    """Show the form for a new workbook and the imports so far."""
    return _imports_page(_upload_form())


@bp.post("")
def upload_roster() -> ResponseReturnValue:
    """Judge the rows of a workbook; a file that cannot be read says why at its field."""
    form = _upload_form()
    if not form.validate_on_submit():
        return _imports_page(form), 422
    try:
        return redirect(_start(form), 303)
    except BadValue as refused:
        return _refuse(form, refused)


def _refuse(form: UploadRosterForm, refused: BadValue) -> ResponseReturnValue:
    """Say at the field why the file is not taken; what the virus scanner has found is told to the trail."""
    if isinstance(refused, Infected):
        tell_refusal("refused", refused.code, status=422)
    form.file.errors = [refused.message]
    return _imports_page(form), 422


def _start(form: UploadRosterForm) -> str:
    upload, area_code = form.file.data, form.area_code.data
    book = upload.filename or "", upload.read()
    refuse_infected(book[1])
    with transaction() as session:
        if first := claim_form(session, form):
            return first
        row = services.start_import(session, form.kind.data, *book, area_code, current_user, clock.now())
        return settle_form(session, form, url_for(".show_import", import_id=row.id))


@bp.get("/<int:import_id>")
def show_import(import_id: int) -> ResponseReturnValue:
    """Show every row's verdict before confirming, and the result afterwards."""
    session = current_session()
    row = get_scoped(session, RosterImport, import_id, current_user)
    wanted = request.args.get("rows") or ("refused" if row.outcome["rejected"] else "all")
    page = _verdicts(session, row, wanted)
    names = area_names(session, row.area_code[:6])
    form = BaseForm()
    return render_template(
        "rosters/import.html", row=row, page=page, wanted=wanted, filters=FILTERS, form=form, names=names
    )


def _verdicts(session: Session, row: RosterImport, wanted: str) -> Page[Verdict[Any]]:
    """Return one page of the verdicts on a workbook that waits for its confirmation."""
    found: list[Verdict[Any]] = []
    if row.status is RosterStatus.PREVIEWED and row.content:
        found = narrow(services.reread(session, row, clock.now()).verdicts, wanted)
    last = max(1, -(-len(found) // PER_PAGE))
    number = min(page_number(request.args.get("page")), last)
    return Page(found[(number - 1) * PER_PAGE : number * PER_PAGE], number, PER_PAGE, len(found))


@bp.post("/<int:import_id>/confirm")
def confirm_import(import_id: int) -> ResponseReturnValue:
    """Register the good rows."""
    with transaction() as session:
        row = get_scoped(session, RosterImport, import_id, current_user, lock=True)
        outcome = services.confirm_import(session, row, current_user, clock.now())
    flash(_("已导入 %(count)d 行", count=outcome["accepted"]))
    return redirect(url_for(".show_import", import_id=import_id), 303)


@bp.post("/<int:import_id>/discard")
def discard_import(import_id: int) -> ResponseReturnValue:
    """Put the import aside."""
    with transaction() as session:
        row = get_scoped(session, RosterImport, import_id, current_user, lock=True)
        services.discard_import(session, row, current_user, clock.now())
    flash(_("已放弃这次导入,文件已删除"))
    return redirect(url_for(".list_imports"), 303)


@bp.get("/<int:import_id>/refused.xlsx")
def download_refused(import_id: int) -> ResponseReturnValue:
    """Give the refused rows back as a workbook with a reason column, to be corrected and sent again."""
    session = current_session()
    row = get_scoped(session, RosterImport, import_id, current_user)
    reading = services.reread(session, row, clock.now())
    return workbook(refused_rows(row.kind, reading), f"refused-{row.id}.xlsx")


@bp.get("/blank/<kind>.xlsx")
def download_blank(kind: str) -> ResponseReturnValue:
    """Give an empty roster with drop-down lists and a sample row."""
    if kind not in set(RosterKind):
        raise NotFound
    communities = [a.name for a in list_areas(current_session(), current_user.scope_code) if len(a.code) > 9]
    return workbook(blank_roster(RosterKind(kind), communities), f"{kind}.xlsx")


def _upload_form() -> UploadRosterForm:
    form = UploadRosterForm()
    areas = list_areas(current_session(), current_user.scope_code)
    form.area_code.choices = [(area.code, area.name) for area in areas]
    return form


def _imports_page(form: UploadRosterForm) -> str:
    found = list_imports_in(current_user)
    page = requested_page(current_session(), found)
    return render_template("rosters/list.html", form=form, page=page, kinds=RosterKind)

"""Pages of exports: asking for a list, one's own lists, fetching one."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.db import current_session, transaction
from pairing.errors import NotFound
from pairing.exports import queries, services
from pairing.exports.forms import RequestExportForm
from pairing.exports.rules import FAILURES, ExportFormat
from pairing.privacy.search import kept_term
from pairing.web.addresses import kept_arguments
from pairing.web.downloads import XLSX, attachment
from pairing.web.paging import requested_page

bp = Blueprint("exports", __name__, url_prefix="/exports")
ROWS = 20
TYPES = {ExportFormat.XLSX: XLSX, ExportFormat.CSV: "text/csv"}


@bp.get("")
def list_exports() -> ResponseReturnValue:
    """Show one's own exports and how far they are."""
    return render_template("exports/list.html", kinds=queries.list_kinds(current_user), **_own_page())


@bp.get("/progress")
def show_progress() -> ResponseReturnValue:
    """Show how far one's exports are, for the page that waits."""
    return render_template("exports/table.html", **_own_page())


@bp.get("/new")
def new_export() -> ResponseReturnValue:
    """Ask why a list is needed; what it is narrowed to stands in the address, in codes."""
    if "kind" not in request.args:
        return redirect(url_for(".list_exports"))
    kind = _asked_kind()
    return _form_page(kind, RequestExportForm(kind, kind.may_be_full(current_user)))


@bp.post("/new")
def request_export() -> ResponseReturnValue:
    """Lay the list down for the scheduler."""
    kind = _asked_kind()
    form = RequestExportForm(kind, kind.may_be_full(current_user))
    if not form.validate_on_submit():
        return _form_page(kind, form), 422
    wish = form.wish(kind.codes(request.args), _asked_term(kind))
    with transaction() as session:
        services.request_export(session, wish, current_user, _most_rows(), clock.now())
    flash(_("已开始生成,一般几秒钟;可以离开这一页,好了会发站内消息"))
    return redirect(url_for(".list_exports"), 303)


@bp.post("/<int:export_id>/fetch")
def fetch_export(export_id: int) -> ResponseReturnValue:
    """Give the file to its owner."""
    with transaction() as session:
        export = queries.get_own_export(session, export_id, current_user, clock.now())
        content = services.fetch_export(session, export, current_user, clock.now())
        answer: Response = attachment(content, export.file_name, TYPES[export.format])
    return answer


def _own_page() -> dict[str, object]:
    session, now = current_session(), clock.now()
    return {
        "page": requested_page(session, queries.list_own_exports(current_user), ROWS),
        "is_waiting": queries.has_open_exports(session, current_user),
        "is_silent": queries.is_clock_silent(session, current_user, now),
        "labels": {code: kind.label for code, kind in queries.KINDS.items()},
        "failures": FAILURES,
    }


def _form_page(kind: queries.ExportKind, form: RequestExportForm) -> str:
    found = kind.find(current_user, kind.codes(request.args), _asked_term(kind))
    return render_template(
        "exports/new.html",
        kind=kind,
        form=form,
        rows=queries.count_rows(current_session(), found),
        most=_most_rows(),
        is_searched=bool(_asked_term(kind)),
        back=_list_page(kind),
    )


def _asked_kind() -> queries.ExportKind:
    kind = queries.find_kind(request.args.get("kind", ""), current_user)
    if kind is None:
        raise NotFound
    return kind


def _asked_term(kind: queries.ExportKind) -> str:
    """Return what is looked for: kept in the session, or, where it names nobody, in the address."""
    return kept_term(kind.code) or request.args.get("term", "")[:60]


def _list_page(kind: queries.ExportKind) -> str:
    arguments = {name: value for name, value in kept_arguments().items() if name != "kind"}
    return url_for(kind.page, **arguments) if kind.page else url_for(".list_exports")


def _most_rows() -> int:
    return int(current_app.config["PAIRING"].export_rows)

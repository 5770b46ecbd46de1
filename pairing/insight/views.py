"""The start page, each person's home, and the auditor's trail."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pairing import clock
from pairing.accounts.queries import get_scoped
from pairing.accounts.rules import STAFF, Permission, Role, may
from pairing.areas.queries import area_path, place_paths
from pairing.audit.models import AuditEntry, EntryKind
from pairing.audit.queries import PER_PAGE, Line, find_head, lines_of, page_of
from pairing.audit.rules import ACTIONS, SUBJECTS, TABLES
from pairing.db import current_session
from pairing.insight import queries
from pairing.insight.forms import FilterTrailForm
from pairing.insight.rules import shown
from pairing.insight.services import find_faults
from pairing.web.addresses import row_id
from pairing.web.filters import translate
from pairing.wording import _

bp = Blueprint("insight", __name__)
HEALTH = {
    "ok": _("一切正常"),
    "degraded": _("可以使用,有事项需要管理员处理"),
    "down": _("现在不能正常使用,管理员处理后恢复"),
}


@bp.get("/")
def show_start() -> ResponseReturnValue:
    """Three doors, and what has been reached."""
    if current_user.is_authenticated:
        return redirect(url_for(".show_home"))
    figures = queries.public_figures(current_session(), clock.today())
    return render_template(
        "insight/start.html", figures={k: shown(v) for k, v in figures.items()}, today=clock.today()
    )


@bp.get("/home")
def show_home() -> ResponseReturnValue:
    """What waits for the person who signed in."""
    if current_user.role in STAFF:
        return _staff_home()
    homes = {Role.VOLUNTEER: _volunteer_home, Role.COMPANY: _company_home, Role.AUDITOR: _auditor_home}
    return homes[current_user.role]()


def _staff_home() -> ResponseReturnValue:
    session, today = current_session(), clock.today()
    return render_template(
        "insight/staff_home.html",
        todos=queries.list_staff_todos(session, current_user, today),
        coverage=queries.list_coverage(session, current_user, today),
        path=area_path(session, current_user.scope_code),
        today=today,
    )


def _volunteer_home() -> ResponseReturnValue:
    figures = queries.volunteer_figures(current_session(), current_user, clock.today())
    return render_template("insight/volunteer_home.html", figures=figures)


def _company_home() -> ResponseReturnValue:
    return render_template(
        "insight/company_home.html", figures=queries.company_figures(current_session(), current_user)
    )


def _auditor_home() -> ResponseReturnValue:
    return redirect(url_for(".list_trail"))


@bp.get("/trail")
def list_trail() -> ResponseReturnValue:
    """Show who did, changed, read or was refused what; narrowed by kind, person, thing, place and day."""
    form, session, kind = FilterTrailForm(request.args), current_session(), request.args.get("kind", "")
    last = request.args.get("before", type=row_id)
    after = get_scoped(session, AuditEntry, last, current_user) if last else None
    found = page_of(session, queries.list_trail(current_user, form.wanted(kind)), after)
    return render_template(
        "insight/trail.html",
        form=form,
        kind=kind,
        kinds=EntryKind,
        entries=found[:PER_PAGE],
        places=place_paths(session, {entry.area_code for entry in found}),
        has_more=len(found) > PER_PAGE,
        head=find_head(session),
        check=queries.find_check(session),
    )


@bp.get("/trail/<int:entry_id>")
def show_entry(entry_id: int) -> ResponseReturnValue:
    """Show one entry, and the fields that changed in its transaction."""
    session = current_session()
    entry = get_scoped(session, AuditEntry, entry_id, current_user)
    changes = session.scalars(queries.list_changes(current_user, entry).limit(PER_PAGE)).all()
    path = area_path(session, entry.area_code)
    return render_template("insight/trail_entry.html", entry=entry, changes=changes, path=path)


@bp.get("/trail/<int:entry_id>/history")
def show_history(entry_id: int) -> ResponseReturnValue:
    """Show everything that happened to the thing of one entry, newest first."""
    session, last = current_session(), request.args.get("before", type=row_id)
    entry = get_scoped(session, AuditEntry, entry_id, current_user)
    after = get_scoped(session, AuditEntry, last, current_user) if last else None
    found = page_of(session, queries.list_history(current_user, entry), after)
    more = len(found) > PER_PAGE
    return render_template("insight/trail_history.html", entry=entry, entries=found[:PER_PAGE], has_more=more)


@bp.get("/healthz")
def show_health() -> ResponseReturnValue:
    """Say how the system is: a sentence for everybody, what exactly is wrong for administrators."""
    faults = find_faults(current_session(), current_app.config["PAIRING"], clock.now())
    is_down = any(fault.is_down for fault in faults)
    status = "down" if is_down else "degraded" if faults else "ok"
    answer: dict[str, object] = {"status": status, "words": translate(HEALTH[status])}
    if current_user.is_authenticated and may(current_user.role, Permission.MANAGE_STAFF):
        answer["faults"] = [
            {"code": fault.code, "words": translate(fault.words), "detail": fault.detail} for fault in faults
        ]
    return answer, 503 if is_down else 200


@bp.app_template_filter("action_words")
def action_words(action: str) -> str:
    """Say an action of the trail in words."""
    return str(translate(ACTIONS.get(action, action)))


@bp.app_template_filter("subject_words")
def subject_words(subject_type: str) -> str:
    """Say what kind of thing an entry of the trail is about."""
    return str(translate(SUBJECTS.get(subject_type) or TABLES.get(subject_type, subject_type)))


@bp.app_template_filter("entry_lines")
def entry_lines(entry: AuditEntry) -> list[Line]:
    """Say what an entry of the trail holds, line by line."""
    return lines_of(entry)

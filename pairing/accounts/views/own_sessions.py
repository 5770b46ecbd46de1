"""Where somebody is signed in, and ending it from afar."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.accounts import queries, services
from pairing.accounts.views import cookies
from pairing.accounts.views.cookies import bp
from pairing.db import current_session, transaction


@bp.get("/me/sessions")
def list_sessions() -> ResponseReturnValue:
    """The browsers in which this account is signed in."""
    session = current_session()
    rows = queries.list_sessions(session, current_user, clock.now())
    return render_template("accounts/sessions.html", rows=rows, here=cookies.here(session))


@bp.post("/me/sessions/<int:session_id>/end")
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign out on one of them."""
    with transaction() as session:
        row = queries.get_own_session(session, session_id, current_user)
        services.end_one_session(session, current_user, row, clock.now())
    flash(_("那台设备上的登录已退出"))
    return redirect(url_for(".list_sessions"), 303)


@bp.post("/me/sessions/end-others")
def end_other_sessions() -> ResponseReturnValue:
    """Sign out on all of them but this one."""
    with transaction() as session:
        services.end_other_sessions(session, current_user, cookies.here(session), clock.now())
    flash(_("其他设备上的登录都已退出"))
    return redirect(url_for(".list_sessions"), 303)

"""One's own account: what is known, another password, another address."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.accounts import services
from pairing.accounts.forms import ChangeEmailForm, ChangePasswordForm
from pairing.accounts.models import User
from pairing.accounts.queries import list_sessions
from pairing.accounts.views import cookies
from pairing.accounts.views.cookies import bp
from pairing.areas.queries import area_path
from pairing.db import current_session, transaction


@bp.get("/me")
def show_account() -> ResponseReturnValue:
    """One's own account."""
    path = area_path(current_session(), current_user.scope_code)
    sessions = list_sessions(current_session(), current_user, clock.now())
    return render_template("accounts/account.html", path=path, sessions=len(sessions))


@bp.route("/me/password", methods=["GET", "POST"])
def change_password() -> ResponseReturnValue:
    """Choose a new password."""
    form, checked = ChangePasswordForm(), current_user.password_hash
    if not form.validate_on_submit():
        return render_template("accounts/password.html", form=form), 422 if form.is_submitted() else 200
    kept = services.hash_password(form.password.data or "")
    with transaction() as session:
        user, row = session.get_one(User, current_user.id), cookies.here(session)
        services.change_password(session, user, row, checked, kept, clock.now())
    flash(_("密码已修改,其他设备上的登录已退出"))
    return redirect(url_for(".show_account"), 303)


@bp.route("/me/email", methods=["GET", "POST"])
def change_email() -> ResponseReturnValue:
    """Say where e-mails go."""
    form = ChangeEmailForm(data={"email": current_user.email})
    if not form.validate_on_submit():
        return render_template("accounts/email.html", form=form), 422 if form.is_submitted() else 200
    with transaction() as session:
        user = session.get_one(User, current_user.id)
        services.change_email(session, user, form.email.data, clock.now())
    flash(_("电子邮箱已更改"))
    return redirect(url_for(".show_account"), 303)

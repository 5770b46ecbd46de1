"""Signing in and out."""

from flask import flash, redirect, render_template, request, url_for
from flask import session as signed
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from pairing import clock
from pairing.accounts import services
from pairing.accounts.forms import SignInForm
from pairing.accounts.models import User
from pairing.accounts.views import cookies
from pairing.accounts.views.cookies import bp
from pairing.db import current_session, transaction


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Sign in; whatever is wrong gets the same answer."""
    if current_user.is_authenticated:
        return redirect(cookies.wanted(), 303)
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form), 422 if form.is_submitted() else 200
    name = form.sign_in_name.data or ""
    proof = services.prove_password(current_session(), name, form.password.data or "")
    with transaction() as session:
        user = services.sign_in(session, name, proof, clock.now())
        if user is not None:
            return redirect(enter(user), 303)
    form.form_errors = [_("登录名或密码不对,或账号还没有通过审核、已停用或暂时锁定")]
    return render_template("accounts/sign_in.html", form=form), 422


def enter(user: User) -> str:
    """Let *user* in after the password, or ask for what is still owed; return where to go on."""
    session = current_session()
    if not services.owes_code(user):
        cookies.open_session(session, user)
        return cookies.wanted()
    cookies.open_pending(session, user)
    page = ".enter_code" if user.totp_secret else ".set_up_factor"
    return url_for(page, next=request.args.get("next") or None)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session; whoever kept its cookie is nobody with it."""
    if current_user.is_authenticated:
        with transaction() as session:
            services.sign_out(session, cookies.here(session), clock.now())
    logout_user()
    signed.clear()
    flash(_("已退出登录"))
    answer = redirect(url_for(".sign_in"), 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer

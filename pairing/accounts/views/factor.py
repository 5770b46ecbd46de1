"""The second factor: owed at the door, set up there or later, changed and dropped on one's own page."""

import segno
from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.accounts import services
from pairing.accounts.forms import ChangeFactorForm, ConfirmForm, EnterCodeForm, SetUpFactorForm
from pairing.accounts.models import SignInSession, User
from pairing.accounts.queries import count_recovery_codes
from pairing.accounts.rules import NEEDS_FACTOR
from pairing.accounts.views import cookies
from pairing.accounts.views.cookies import bp
from pairing.db import current_session, transaction


@bp.route("/sign-in/code", methods=["GET", "POST"])
def enter_code() -> ResponseReturnValue:
    """Ask for the code of the app, or a recovery code, after the password."""
    waiting, form = cookies.pending(), EnterCodeForm()
    if waiting is None or not waiting[1].totp_secret:
        return redirect(url_for(".sign_in"), 303)
    if form.validate_on_submit() and _accept(waiting, form.code.data or ""):
        return redirect(cookies.wanted(), 303)
    return _code_page(waiting[1], form), 422 if form.is_submitted() else 200


def _accept(waiting: tuple[SignInSession, User], typed: str) -> bool:
    row, user = waiting
    recovery = services.prove_recovery(current_session(), user, typed)
    proven_id = recovery.id if recovery else None
    with transaction() as session:
        is_right = services.accept_code(session, user, typed, proven_id, clock.now())
        if is_right:
            cookies.keep_full(user, services.renew_session(session, row, clock.now()))
    return is_right


def _code_page(user: User, form: EnterCodeForm) -> str:
    if form.is_submitted() and not form.errors:
        form.code.errors = [_("验证码不对、已用过或暂时锁定,请等下一个验证码再试")]
    demo = current_app.config["PAIRING"].demo
    shown = services.demo_code(user, clock.now()) if demo else None
    return render_template("accounts/code.html", form=form, demo_code=shown)


@bp.route("/sign-in/authenticator", methods=["GET", "POST"])
def set_up_factor() -> ResponseReturnValue:
    """Let staff who have no authenticator yet set one up before anything else."""
    waiting, form = cookies.pending(), SetUpFactorForm()
    if waiting is None or waiting[1].totp_secret:
        return redirect(url_for(".sign_in"), 303)
    codes = _enrol(*waiting, form) if form.validate_on_submit() else None
    if codes is None:
        return _set_up_page(*waiting, form), 422 if form.is_submitted() else 200
    return _codes_page(codes)


def _enrol(row: SignInSession, user: User, form: SetUpFactorForm) -> services.Codes | None:
    """Take the shown secret into use; where the sign-in was pending it is done with that."""
    codes, now = services.draw_codes(), clock.now()
    with transaction() as session:
        mine = session.get_one(User, user.id, with_for_update=True)
        if not services.enrol(session, mine, row, form.code.data or "", codes, now):
            form.code.errors = [_("验证码不对;请确认手机时间准确,再输入当前显示的 6 位数字")]
            return None
        if not row.is_full:
            cookies.keep_full(mine, services.renew_session(session, row, now))
    return codes


def _set_up_page(row: SignInSession, user: User, form: SetUpFactorForm) -> str:
    with transaction() as session:
        secret = services.offer_secret(session.get_one(SignInSession, row.id))
    picture = segno.make(services.address_of(user, secret), error="m").svg_data_uri(scale=5, border=2)
    return render_template("accounts/authenticator.html", form=form, secret=secret, picture=picture)


def _codes_page(codes: services.Codes) -> str:
    return render_template("accounts/recovery_codes.html", codes=codes.shown, go_on=cookies.wanted())


def _factor_page(form: ConfirmForm) -> str:
    left, must = count_recovery_codes(current_session(), current_user), current_user.role in NEEDS_FACTOR
    return render_template("accounts/factor.html", left=left, must=must, form=form)


@bp.get("/me/second-factor")
def show_factor() -> ResponseReturnValue:
    """Say whether a code is asked for, and how many recovery codes are left."""
    return _factor_page(ConfirmForm())


@bp.route("/me/second-factor/new", methods=["GET", "POST"])
def change_factor() -> ResponseReturnValue:
    """Set up an authenticator, or another one, with the password."""
    row, form = cookies.here(current_session()), ChangeFactorForm()
    codes = _enrol(row, current_user, form) if form.validate_on_submit() else None
    if codes is None:
        return _set_up_page(row, current_user, form), 422 if form.is_submitted() else 200
    return _codes_page(codes)


@bp.post("/me/second-factor/codes")
def renew_codes() -> ResponseReturnValue:
    """Show ten new recovery codes, once, for the password."""
    form = ConfirmForm()
    if not form.validate_on_submit():
        return _factor_page(form), 422
    codes = services.draw_codes()
    with transaction() as session:
        services.renew_codes(session, session.get_one(User, current_user.id), codes, clock.now())
    return _codes_page(codes)


@bp.post("/me/second-factor/drop")
def drop_factor() -> ResponseReturnValue:
    """Sign in without a code again, where that is allowed, for the password."""
    form = ConfirmForm()
    if not form.validate_on_submit():
        return _factor_page(form), 422
    length = len(form.old_password.data or "")
    with transaction() as session:
        user = session.get_one(User, current_user.id, with_for_update=True)
        services.drop_factor(session, user, cookies.here(session), length, clock.now())
    flash(_("以后登录不再需要验证码"))
    return redirect(url_for(".show_factor"), 303)

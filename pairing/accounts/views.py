"""Pages of accounts: signing in and out, one's own account, the accounts of staff."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as signed
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts import queries, services
from pairing.accounts.access import public, require
from pairing.accounts.forms import ChangePasswordForm, CreateUserForm, SignInForm
from pairing.accounts.models import User
from pairing.accounts.rules import STAFF, Permission, Role
from pairing.areas.queries import area_names, area_path
from pairing.db import current_session, transaction
from pairing.submissions.forms import first_answer, is_first
from pairing.web.paging import requested_page
from pairing.web.preferences import own_path

bp = Blueprint("accounts", __name__, url_prefix="/accounts")
GROUPS = {"staff": (*sorted(STAFF), Role.AUDITOR), "volunteer": (Role.VOLUNTEER,), "company": (Role.COMPANY,)}


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in; whatever is wrong gets the same answer."""
    if current_user.is_authenticated:
        return redirect(_wanted(), 303)
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form), 422 if form.is_submitted() else 200
    name = form.sign_in_name.data or ""
    proof = services.prove_password(current_session(), name, form.password.data or "")
    with transaction() as session:
        user = services.sign_in(session, name, proof, clock.now())
    if user is None:
        form.form_errors = [_("登录名或密码不对,或账号还没有通过审核、已停用或暂时锁定")]
        return render_template("accounts/sign_in.html", form=form), 422
    _start_session(user)
    return redirect(_wanted(), 303)


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Forget who was signed in here."""
    logout_user()
    signed.clear()
    flash(_("已退出登录"))
    return redirect(url_for(".sign_in"), 303)


@bp.get("/me")
@require(Permission.SIGNED_IN)
def show_account() -> ResponseReturnValue:
    """One's own account."""
    path = area_path(current_session(), current_user.scope_code)
    return render_template("accounts/account.html", path=path)


@bp.route("/me/password", methods=["GET", "POST"])
@require(Permission.SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Choose a new password."""
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return render_template("accounts/password.html", form=form), 422 if form.is_submitted() else 200
    old, new = form.old_password.data or "", form.password.data or ""
    with transaction() as session:
        user = session.get_one(User, current_user.id)
        services.change_password(session, user, old, new, clock.now())
    _start_session(user)
    flash(_("密码已修改,其他设备上的登录已退出"))
    return redirect(url_for(".show_account"), 303)


@bp.get("")
@require(Permission.MANAGE_STAFF)
def list_users() -> ResponseReturnValue:
    """The accounts of the area."""
    group = request.args.get("group", "staff")
    found = queries.list_users(current_user, GROUPS.get(group, GROUPS["staff"]))
    page = requested_page(current_session(), found)
    names = area_names(current_session(), current_user.scope_code)
    return render_template("accounts/list.html", page=page, group=group, names=names)


@bp.get("/new")
@require(Permission.MANAGE_STAFF)
def new_user() -> ResponseReturnValue:
    """Ask who the new member of staff is."""
    return render_template("accounts/new.html", form=CreateUserForm())


@bp.post("")
@require(Permission.MANAGE_STAFF)
def create_user() -> ResponseReturnValue:
    """Make an account for a member of staff."""
    form, page = CreateUserForm(), url_for(".list_users")
    if first := first_answer(form):
        return redirect(first, 303)
    if not form.validate_on_submit():
        return render_template("accounts/new.html", form=form), 422
    with transaction() as session:
        if is_first(session, form, page):
            _create(session, form)
    flash(_("账号已建立。请把登录名和密码当面告诉本人,并提醒登录后修改密码"))
    return redirect(page, 303)


@bp.post("/<int:user_id>/disable")
@require(Permission.MANAGE_STAFF)
def disable_user(user_id: int) -> ResponseReturnValue:
    """Close an account."""
    with transaction() as session:
        user = queries.get_user(session, user_id, current_user)
        services.disable_user(session, user, current_user, clock.now())
    flash(_("账号已停用,正在使用的登录立即失效"))
    return redirect(url_for(".list_users", group=_group_of(user)), 303)


@bp.post("/<int:user_id>/enable")
@require(Permission.MANAGE_STAFF)
def enable_user(user_id: int) -> ResponseReturnValue:
    """Open an account again."""
    with transaction() as session:
        user = queries.get_user(session, user_id, current_user)
        services.enable_user(session, user, current_user, clock.now())
    flash(_("账号已恢复"))
    return redirect(url_for(".list_users", group=_group_of(user)), 303)


def _create(session: Session, form: CreateUserForm) -> None:
    services.create_staff(
        session,
        form.sign_in_name.data or "",
        form.password.data or "",
        form.role.data,
        form.scope_code.data,
        (form.display_name.data or "").strip(),
        current_user,
        clock.now(),
    )


def _start_session(user: User) -> None:
    signed.clear()
    login_user(user)
    signed.permanent = True


def _wanted() -> str:
    return own_path(request.args.get("next"), url_for("insight.show_home"))


def _group_of(user: User) -> str:
    return next(group for group, roles in GROUPS.items() if user.role in roles)

"""The accounts of an area: made, given another post, closed and opened again by the district."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts import queries, services
from pairing.accounts.forms import ChangePostForm, CreateUserForm
from pairing.accounts.models import User
from pairing.accounts.rules import NEEDS_FACTOR, STAFF, Role
from pairing.accounts.views.cookies import bp
from pairing.areas.queries import area_names, area_path
from pairing.db import current_session, transaction
from pairing.web.paging import requested_page

GROUPS = {"staff": (*sorted(STAFF), Role.AUDITOR), "volunteer": (Role.VOLUNTEER,), "company": (Role.COMPANY,)}


@bp.get("")
def list_users() -> ResponseReturnValue:
    """The accounts of the area."""
    group = request.args.get("group", "staff")
    found = queries.list_users(current_user, GROUPS.get(group, GROUPS["staff"]))
    page = requested_page(current_session(), found)
    names = area_names(current_session(), current_user.scope_code)
    return render_template("accounts/list.html", page=page, group=group, names=names)


@bp.get("/new")
def new_user() -> ResponseReturnValue:
    """Ask who the new member of staff is."""
    return render_template("accounts/new.html", form=CreateUserForm())


@bp.post("")
def create_user() -> ResponseReturnValue:
    """Make an account for a member of staff."""
    form = CreateUserForm()
    if not form.validate_on_submit():
        return render_template("accounts/new.html", form=form), 422
    with transaction() as session:
        user = _create(session, form)
    flash(_("账号已建立。请生成邀请链接,交给本人设置密码"))
    return redirect(url_for(".show_user", user_id=user.id), 303)


@bp.get("/<int:user_id>")
def show_user(user_id: int) -> ResponseReturnValue:
    """One account, and what the district may do with it."""
    return user_page(queries.get_user(current_session(), user_id, current_user))


@bp.post("/<int:user_id>/post")
def change_post(user_id: int) -> ResponseReturnValue:
    """Give a member of staff another role or another area."""
    form = ChangePostForm()
    with transaction() as session:
        user = queries.get_user(session, user_id, current_user)
        if not form.validate_on_submit():
            return user_page(user, form), 422
        services.change_post(session, user, form.role.data, form.scope_code.data, current_user, clock.now())
    flash(_("角色和范围已更改,本人需要重新登录"))
    return redirect(url_for(".show_user", user_id=user_id), 303)


@bp.post("/<int:user_id>/disable")
def disable_user(user_id: int) -> ResponseReturnValue:
    """Close an account."""
    with transaction() as session:
        user = queries.get_user(session, user_id, current_user)
        services.disable_user(session, user, current_user, clock.now())
    flash(_("账号已停用,正在使用的登录立即失效"))
    return redirect(url_for(".list_users", group=_group_of(user)), 303)


@bp.post("/<int:user_id>/enable")
def enable_user(user_id: int) -> ResponseReturnValue:
    """Open an account again."""
    with transaction() as session:
        user = queries.get_user(session, user_id, current_user)
        services.enable_user(session, user, current_user, clock.now())
    flash(_("账号已恢复"))
    return redirect(url_for(".list_users", group=_group_of(user)), 303)


def user_page(user: User, form: ChangePostForm | None = None) -> str:
    """Show one account."""
    form = form or ChangePostForm(formdata=None, data={"role": user.role, "scope_code": user.scope_code})
    path, is_staff = area_path(current_session(), user.scope_code), user.role in NEEDS_FACTOR
    return render_template("accounts/user.html", user=user, path=path, form=form, is_staff=is_staff)


def _create(session: Session, form: CreateUserForm) -> User:
    return services.create_staff(
        session,
        form.sign_in_name.data or "",
        form.role.data,
        form.scope_code.data,
        (form.display_name.data or "").strip(),
        current_user,
        clock.now(),
        form.email.data,
    )


def _group_of(user: User) -> str:
    return next(group for group, roles in GROUPS.items() if user.role in roles)

"""Forms of accounts."""

import re
from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _
from flask_login import current_user
from wtforms import Form, PasswordField, SelectField, StringField, ValidationError
from wtforms.validators import EqualTo, InputRequired, Length, Optional, Regexp

from pairing import clock
from pairing.accounts.models import User
from pairing.accounts.queries import find_user
from pairing.accounts.rules import RevealReason, Role, scope_fits
from pairing.accounts.services import (
    NewAccount,
    check_new_password,
    check_password,
    count_own_password,
    hash_password,
    least_length,
    password_fits,
)
from pairing.areas.queries import area_choices
from pairing.db import current_session, transaction
from pairing.errors import RuleBroken
from pairing.values.passwords import ALONE, LONGEST
from pairing.web.choices import EnumSelectField
from pairing.web.fields import LineField
from pairing.web.form import BaseForm
from pairing.wording import Wording

# Blanks and what nobody sees: two names must not look alike.
UNSEEN = r"\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
NAME = re.compile(rf"[^{UNSEEN}/\\<>\"']{{3,60}}\Z")
EMAIL = re.compile(rf"[^{UNSEEN}@<>,;\"]+@[^{UNSEEN}@<>,;\"]+\.[^{UNSEEN}@<>,;\".]+\Z")
NEW_PASSWORD = {"autocomplete": "new-password"}


class SignInForm(BaseForm):
    """Who is there."""

    sign_in_name = StringField(
        _("登录名"), [InputRequired(_("请填写登录名"))], render_kw={"autocomplete": "username"}
    )
    password = PasswordField(
        _("密码"), [InputRequired(_("请填写密码"))], render_kw={"autocomplete": "current-password"}
    )


class NewPasswordMixin(Form):
    """A password that is chosen here, typed twice."""

    password = PasswordField(
        _("密码"),
        [InputRequired(_("请填写密码")), Length(max=LONGEST, message=_("密码最多 128 个字符"))],
        description=_("至少 15 个字符,可用一句容易记住的话"),
        render_kw=NEW_PASSWORD,
    )
    password_again = PasswordField(
        _("再输一次密码"),
        [InputRequired(_("请再输一次密码")), EqualTo("password", _("两次输入的密码不一样"))],
        render_kw=NEW_PASSWORD,
    )


class SignInNameMixin(Form):
    """A name for signing in."""

    sign_in_name = StringField(
        _("登录名"),
        [InputRequired(_("请填写登录名")), Regexp(NAME, message=_("登录名为 3 至 60 个字符,不含空格"))],
        description=_("以后用它登录,可用拼音、手机号或邮箱"),
        render_kw={"autocomplete": "username"},
    )


class NewAccountMixin(NewPasswordMixin, SignInNameMixin):
    """A name and a password for signing in, chosen when registering; whether the name is free is not said."""

    name: Any

    def validate_password(self, field: PasswordField) -> None:
        """Refuse what others would guess."""
        names = (self.sign_in_name.data or "", str(self.name.data or ""))
        _refuse_weak(lambda: check_password(field.data or "", ALONE, *names))

    def account(self) -> NewAccount:
        """Return what was chosen, the password hashed."""
        email = self["email"].data if "email" in self else None
        return NewAccount(self.sign_in_name.data or "", hash_password(self.password.data or ""), email)


class EmailMixin(Form):
    """Where reminders go besides the inbox."""

    email = StringField(
        _("电子邮箱"),
        [Optional(), Length(max=200), Regexp(EMAIL, message=_("邮箱地址不对"))],
        description=_("用来接收提醒"),
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )


class ConfirmMixin(Form):
    """The password once more, before something that opens the account to others."""

    old_password = PasswordField(
        _("当前密码"), [InputRequired(_("请填写当前密码"))], render_kw={"autocomplete": "current-password"}
    )

    def validate_old_password(self, field: PasswordField) -> None:
        """Refuse what is not the password of the person; wrong ones count as at the door."""
        is_right = password_fits(current_user, field.data or "")
        with transaction() as session:
            user = session.get_one(User, current_user.id)
            is_proven = count_own_password(session, user, is_right, clock.now())
        if not is_proven:
            raise ValidationError(_("当前密码不正确,或输错太多次、暂时锁定"))


class ConfirmForm(ConfirmMixin, BaseForm):
    """Nothing but the password."""


class ChangeEmailForm(EmailMixin, ConfirmMixin, BaseForm):
    """Where reminders go from now on."""


class ChangePasswordForm(NewPasswordMixin, ConfirmMixin, BaseForm):
    """The old password and the new one."""

    def __init__(self) -> None:
        super().__init__()
        self.password.description = _length_hint(current_user)

    def validate_password(self, field: PasswordField) -> None:
        """Refuse what others would guess."""
        _refuse_weak(lambda: check_new_password(current_user, field.data or ""))


class AcceptInvitationForm(NewPasswordMixin, BaseForm):
    """The password of whoever was invited."""

    def __init__(self, user: User) -> None:
        super().__init__()
        self.user = user
        self.password.description = _length_hint(user)

    def validate_password(self, field: PasswordField) -> None:
        """Refuse what others would guess."""
        _refuse_weak(lambda: check_new_password(self.user, field.data or ""))


CODE = {"autocomplete": "one-time-code", "inputmode": "numeric"}


class EnterCodeForm(BaseForm):
    """What the authenticator shows, or a recovery code."""

    code = StringField(
        _("验证码"),
        [InputRequired(_("请填写验证码")), Length(max=40, message=_("验证码不对"))],
        description=_("验证器 App 里现在显示的 6 位数字;手机不在身边时,输入一个备用码"),
        render_kw=CODE,
    )


class SetUpFactorForm(BaseForm):
    """What the authenticator shows once it knows the secret."""

    code = StringField(
        _("验证码"),
        [InputRequired(_("请填写验证码")), Length(max=40, message=_("验证码不对"))],
        description=_("扫码后 App 里显示的 6 位数字"),
        render_kw=CODE,
    )


class ChangeFactorForm(ConfirmMixin, SetUpFactorForm):
    """The same, by somebody who is signed in."""


class PostMixin(Form):
    """As what a member of staff works, and where."""

    role = EnumSelectField(_("角色"), [InputRequired()], enum=Role)
    scope_code = SelectField(_("工作范围"), [InputRequired()])

    def offer_posts(self) -> None:
        """Offer what the signed-in person may give."""
        staff = (Role.COMMUNITY_WORKER, Role.STREET_OFFICER, Role.DISTRICT_ADMIN, Role.AUDITOR)
        self.role.choices = [(role.value, role.label) for role in staff]
        self.scope_code.choices = area_choices(current_session(), current_user.scope_code)

    def validate_scope_code(self, field: SelectField) -> None:
        """Refuse an area of the wrong level for the role."""
        if self.role.data and not scope_fits(self.role.data, field.data or ""):
            raise ValidationError(_("社区工作者选社区,街道工作人员选街道,区管理员选区"))


class CreateUserForm(SignInNameMixin, PostMixin, EmailMixin, BaseForm):
    """A member of staff: who, as what, where."""

    display_name = LineField(_("姓名"), [InputRequired(_("请填写姓名"))], most=60)

    def __init__(self) -> None:
        super().__init__()
        self.offer_posts()

    def validate_sign_in_name(self, field: StringField) -> None:
        """Refuse a name that somebody has; only those who manage staff learn that."""
        if field.data and find_user(current_session(), field.data):
            raise ValidationError(_("这个登录名已被使用,请换一个"))


class ChangePostForm(PostMixin, BaseForm):
    """Another role, or another area."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - passed on to WTForms
        super().__init__(**given)
        self.offer_posts()


class RevealForm(BaseForm):
    """Why the masked facts are needed; the reason is kept."""

    why = EnumSelectField(
        _("查看原因"), [InputRequired(_("请选择原因"))], enum=RevealReason, blank=Wording("请选择")
    )


def _length_hint(user: User) -> str:
    return str(_("至少 %(length)d 个字符,可用一句容易记住的话", length=least_length(user)))


def _refuse_weak(check: Callable[[], None]) -> None:
    """Say at the field why a password may not be chosen."""
    try:
        check()
    except RuleBroken as refused:
        raise ValidationError(refused.message) from refused

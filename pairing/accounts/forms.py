"""Forms of accounts."""

import re

from flask_babel import lazy_gettext as _
from flask_login import current_user
from wtforms import Form, PasswordField, SelectField, StringField, ValidationError
from wtforms.validators import EqualTo, InputRequired, Length, Optional, Regexp

from pairing.accounts.queries import find_user
from pairing.accounts.rules import PASSWORD_LENGTH, RevealReason, Role, scope_fits
from pairing.accounts.services import password_fits
from pairing.areas.queries import area_choices
from pairing.db import current_session
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
        [InputRequired(_("请填写密码")), Length(PASSWORD_LENGTH, 200, _("密码至少 15 个字符"))],
        description=_("至少 15 个字符,可用一句容易记住的话"),
        render_kw=NEW_PASSWORD,
    )
    password_again = PasswordField(
        _("再输一次密码"),
        [InputRequired(_("请再输一次密码")), EqualTo("password", _("两次输入的密码不一样"))],
        render_kw=NEW_PASSWORD,
    )


class NewAccountMixin(NewPasswordMixin):
    """A name and a password for signing in, chosen when registering."""

    sign_in_name = StringField(
        _("登录名"),
        [InputRequired(_("请填写登录名")), Regexp(NAME, message=_("登录名为 3 至 60 个字符,不含空格"))],
        description=_("以后用它登录,可用拼音、手机号或邮箱"),
        render_kw={"autocomplete": "username"},
    )

    def validate_sign_in_name(self, field: StringField) -> None:
        """Refuse a name that somebody has."""
        if field.data and find_user(current_session(), field.data):
            raise ValidationError(_("这个登录名已被使用,请换一个"))


class EmailMixin(Form):
    """Where reminders go besides the inbox."""

    email = StringField(
        _("电子邮箱"),
        [Optional(), Length(max=200), Regexp(EMAIL, message=_("邮箱地址不对"))],
        description=_("用来接收提醒"),
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )


class ChangePasswordForm(NewPasswordMixin, BaseForm):
    """The old password and the new one."""

    old_password = PasswordField(
        _("原密码"), [InputRequired(_("请填写原密码"))], render_kw={"autocomplete": "current-password"}
    )

    def validate_old_password(self, field: PasswordField) -> None:
        """Refuse what is not the password of the person."""
        if not password_fits(current_user, field.data or ""):
            raise ValidationError(_("原密码不正确"))


class CreateUserForm(NewAccountMixin, BaseForm):
    """A member of staff: who, as what, where."""

    display_name = LineField(_("姓名"), [InputRequired(_("请填写姓名"))], most=60)
    role = EnumSelectField(_("角色"), [InputRequired()], enum=Role)
    scope_code = SelectField(_("工作范围"), [InputRequired()])

    def __init__(self) -> None:
        super().__init__()
        staff = (Role.COMMUNITY_WORKER, Role.STREET_OFFICER, Role.DISTRICT_ADMIN, Role.AUDITOR)
        self.role.choices = [(role.value, role.label) for role in staff]
        self.scope_code.choices = area_choices(current_session(), current_user.scope_code)

    def validate_scope_code(self, field: SelectField) -> None:
        """Refuse an area of the wrong level for the role."""
        if self.role.data and not scope_fits(self.role.data, field.data or ""):
            raise ValidationError(_("社区工作者选社区,街道工作人员选街道,区管理员选区"))


class RevealForm(BaseForm):
    """Why the masked facts are needed; the reason is kept."""

    why = EnumSelectField(
        _("查看原因"), [InputRequired(_("请选择原因"))], enum=RevealReason, blank=Wording("请选择")
    )

"""Forms of companies."""

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _
from flask_login import current_user
from wtforms import BooleanField, Form, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Optional

from pairing import clock
from pairing.accounts.forms import EmailMixin, NewAccountMixin
from pairing.areas.forms import AreaFilterForm
from pairing.areas.queries import area_choices
from pairing.db import current_session
from pairing.enterprises.models import Enterprise, EnterpriseStatus
from pairing.enterprises.queries import EnterpriseFilter, find_by_uscc, hidden_facts
from pairing.enterprises.services import EnterpriseValues, PledgeValues
from pairing.values.needs import Category, NeedType
from pairing.web.choices import ALL, EnumChecksField, EnumSelectField
from pairing.web.fields import (
    CountField,
    LineField,
    LooseDateField,
    MoneyField,
    NameField,
    NoteField,
    PhoneField,
    UsccField,
)
from pairing.web.form import BaseForm
from pairing.web.merging import MergingMixin

FACTS = ("area_code", "name", "uscc", "contact_name", "contact_phone")


class FilterEnterprisesForm(AreaFilterForm):
    """What the list is narrowed to; names and codes of companies are no secret."""

    term = StringField(_("名称或信用代码"))
    status = EnumSelectField(_("状态"), enum=EnterpriseStatus, blank=ALL)

    def narrow(self) -> EnterpriseFilter:
        """Return what was chosen."""
        term = (self.term.data or "").strip()[:60]
        return EnterpriseFilter(self.area.data or "", self.status.data, term)


class ContactMixin(Form):
    """Whom to call."""

    contact_name = NameField(_("联系人"), [InputRequired(_("请填写联系人"))])
    contact_phone = PhoneField(_("联系电话"), [InputRequired(_("请填写联系电话"))])


class EditContactForm(ContactMixin, BaseForm):
    """A company says whom to call."""


class CompanyMixin(ContactMixin):
    """Which company it is."""

    name = LineField(_("单位名称"), [InputRequired(_("请填写单位名称"))], most=100)
    uscc = UsccField(_("统一社会信用代码"), [InputRequired(_("请填写统一社会信用代码"))])
    area_code = SelectField(_("由哪里对接"), [InputRequired(_("请选择区域"))])

    def _facts(self) -> dict[str, Any]:
        return {name: self[name].data for name in FACTS}


class RegistrationForm(CompanyMixin, NewAccountMixin, EmailMixin, BaseForm):
    """A company wants to give."""

    consent = BooleanField(
        _("我确认有权代表本单位登记,并同意平台为结对帮扶使用以上信息"),
        [InputRequired(_("需要您确认后才能登记"))],
    )

    def __init__(self) -> None:
        super().__init__()
        self.area_code.choices = [("", _("请选择")), *area_choices(current_session(), "")]

    def values(self) -> EnterpriseValues:
        """Return what was typed."""
        return EnterpriseValues(**self._facts(), registered_on=clock.today())


class EnterpriseForm(CompanyMixin, BaseForm):
    """What staff know of a company."""

    registered_on = LooseDateField(
        _("登记日期"), [InputRequired(_("请填写日期"))], default=lambda: clock.today()
    )
    note = NoteField(_("备注"), [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed on to WTForms
        super().__init__(*args, **kwargs)
        self.area_code.choices = area_choices(current_session(), current_user.scope_code)

    def values(self) -> EnterpriseValues:
        """Return what was typed."""
        day, note = self.registered_on.data, self.note.data or ""
        return EnterpriseValues(**self._facts(), registered_on=day, note=note)


class RegisterEnterpriseForm(EnterpriseForm):
    """Staff take a company into the register."""

    def validate_uscc(self, field: UsccField) -> None:
        """Refuse a company that is in the register."""
        if field.data and find_by_uscc(current_session(), field.data):
            raise ValidationError(_("该统一社会信用代码已登记"))


class EditEnterpriseForm(MergingMixin, EnterpriseForm):
    """A known company."""

    contact_phone = PhoneField(_("联系电话"), [Optional()])

    def changed(self, enterprise: Enterprise) -> EnterpriseValues:
        """Return what was typed; an empty telephone keeps the known one."""
        return replace(self.values(), contact_phone=self.contact_phone.data or enterprise.contact_phone)

    @classmethod
    def of(cls, enterprise: Enterprise, is_open_book: bool) -> "EditEnterpriseForm":
        """Return the form as it stands before anything is typed; what is masked stays empty."""
        names = (*FACTS, "registered_on", "note", "version")
        hidden = {} if is_open_book else {"contact_phone": None}
        form = cls(formdata=None, data={name: getattr(enterprise, name) for name in names} | hidden)
        form.remember(hidden_facts(enterprise, is_open_book))
        return form


class AddPledgeForm(BaseForm):
    """What a company means to give, and for whom."""

    amount = MoneyField(_("认捐金额"), [InputRequired(_("请填写金额"))])
    purposes = EnumChecksField(_("用于哪些需求"), [Optional()], enum=NeedType)
    categories = EnumChecksField(_("帮助哪类家庭"), [Optional()], enum=Category)
    area_code = SelectField(_("用在哪里"), [InputRequired()])
    ceiling = MoneyField(_("每户最多"), [Optional()])
    household_limit = CountField(_("最多帮几户"), [Optional()], least=1, most=9999)
    expires_on = LooseDateField(_("有效期至"), [Optional()])
    note = NoteField(_("其他说明"), [Optional()], most=500)

    def __init__(self, prefix_code: str) -> None:
        super().__init__()
        self.area_code.choices = area_choices(current_session(), prefix_code)

    def validate_amount(self, field: MoneyField) -> None:
        """Refuse nothing at all."""
        if field.data is not None and field.data <= 0:
            raise ValidationError(_("金额应大于 0"))

    def validate_ceiling(self, field: MoneyField) -> None:
        """Refuse a ceiling above the whole."""
        if field.data is not None and not 0 < field.data <= (self.amount.data or field.data):
            raise ValidationError(_("每户最多应大于 0,不超过认捐金额"))

    def validate_expires_on(self, field: LooseDateField) -> None:
        """Refuse a day that is over."""
        if field.data and field.data < clock.today():
            raise ValidationError(_("有效期不能早于今天"))

    def values(self) -> PledgeValues:
        """Return what was typed."""
        return PledgeValues(
            amount_fen=self.amount.data,
            area_code=self.area_code.data or "",
            purposes=tuple(self.purposes.data or ()),
            categories=tuple(self.categories.data or ()),
            ceiling_fen=self.ceiling.data,
            household_limit=self.household_limit.data,
            expires_on=self.expires_on.data,
            note=self.note.data or "",
        )

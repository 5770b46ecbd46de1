"""Forms of volunteers."""

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _
from flask_login import current_user
from wtforms import BooleanField, Form, SelectField, ValidationError
from wtforms.validators import InputRequired, Optional

from pairing import clock
from pairing.accounts.forms import EmailMixin, NewAccountMixin
from pairing.areas.forms import AreaFilterForm
from pairing.areas.queries import community_choices
from pairing.db import current_session
from pairing.volunteers.models import PoliticalStatus, Reach, Skill, Volunteer, VolunteerStatus
from pairing.volunteers.queries import VolunteerFilter, hidden_facts, known_identities
from pairing.volunteers.services import OfferValues, VolunteerValues
from pairing.web.choices import ALL, EnumChecksField, EnumRadioField, EnumSelectField
from pairing.web.fields import (
    CountField,
    HalfDaysField,
    IdentityField,
    LineField,
    LooseDateField,
    NameField,
    NoteField,
    PhoneField,
)
from pairing.web.form import BaseForm
from pairing.web.merging import MergingMixin
from pairing.wording import Wording

SORTS = [("newest", _("最近登记在前")), ("name", _("按姓名")), ("capacity", _("可结对户数多的在前"))]
OFFER = ("half_days", "reach", "capacity")
FACTS = ("area_code", "name", "phone", "political_status")
LINES = ("party_branch", "languages")


class FilterVolunteersForm(AreaFilterForm):
    """What the list is narrowed to; stands in the address, so it names nobody."""

    status = EnumSelectField(_("状态"), enum=VolunteerStatus, blank=ALL)
    skill = EnumSelectField(_("特长"), enum=Skill, blank=ALL)
    party = SelectField(_("政治面貌"), choices=lambda: [("", ALL), ("1", _("党员"))])
    sort = SelectField(_("排序"), choices=lambda: SORTS)

    def narrow(self, term: str) -> VolunteerFilter:
        """Return what was chosen."""
        return VolunteerFilter(
            area_code=self.area.data or "",
            status=self.status.data,
            skill=self.skill.data,
            is_party_member=self.party.data == "1",
            term=term,
            sort=self.sort.data or "newest",
        )


class OneHalfDay:
    """Ask for one half-day at least: without it no visit can be arranged."""

    field_flags = {"required": True}

    def __call__(self, _form: Form, field: HalfDaysField) -> None:
        """Refuse an empty week."""
        if not field.data and not field.errors:
            raise ValidationError(_("请至少勾选一个半天,否则无法安排走访"))


class OfferMixin(Form):
    """What a volunteer offers."""

    skills = EnumChecksField(_("能做什么"), [Optional()], enum=Skill)
    half_days = HalfDaysField(_("哪些半天有空"), [OneHalfDay()])
    reach = EnumRadioField(_("愿意走多远"), [InputRequired()], enum=Reach, default=Reach.SUBDISTRICT)
    capacity = CountField(_("可同时帮扶几户"), [InputRequired(_("请填写户数"))], least=0, most=20, default=1)
    languages = LineField(_("会说的语言或方言"), [Optional()], most=60)


class EditOfferForm(OfferMixin, BaseForm):
    """A volunteer changes what is offered."""

    @classmethod
    def of(cls, volunteer: Volunteer) -> "EditOfferForm":
        """Return the form as it stands before anything is typed."""
        return cls(data=_standing(volunteer))

    def values(self) -> OfferValues:
        """Return what was typed."""
        facts: dict[str, Any] = {name: self[name].data for name in OFFER}
        return OfferValues(**facts, skills=tuple(self.skills.data or ()), languages=self.languages.data or "")


class PersonMixin(OfferMixin):
    """Who the volunteer is."""

    name = NameField(_("姓名"), [InputRequired(_("请填写姓名"))])
    phone = PhoneField(_("手机号"), [InputRequired(_("请填写手机号"))])
    area_code = SelectField(_("居住社区"), [InputRequired(_("请选择社区"))])
    political_status = EnumSelectField(
        _("政治面貌"), [Optional()], enum=PoliticalStatus, blank=Wording("不填写")
    )
    party_branch = LineField(_("所在党支部"), [Optional()], most=100)

    def _facts(self) -> dict[str, Any]:
        lines = {name: self[name].data or "" for name in LINES}
        facts = {name: self[name].data for name in (*FACTS, *OFFER)}
        return facts | lines | {"skills": tuple(self.skills.data or ())}


class RegistrationForm(PersonMixin, NewAccountMixin, EmailMixin, BaseForm):
    """Somebody wants to become a volunteer."""

    identity_number = IdentityField(_("身份证号"), [InputRequired(_("请填写身份证号"))])
    consent = BooleanField(
        _("我同意社区为安排结对帮扶使用以上信息;信息不公开,随时可以要求更正或删除"),
        [InputRequired(_("需要您同意后才能登记"))],
    )

    def __init__(self) -> None:
        super().__init__()
        self.area_code.choices = {"": [("", _("请选择"))]} | community_choices(current_session(), "")

    def values(self) -> VolunteerValues:
        """Return what was typed."""
        number, today = self.identity_number.data, clock.today()
        return VolunteerValues(**self._facts(), identity_number=number, registered_on=today)


class VolunteerForm(PersonMixin, BaseForm):
    """What staff know of a volunteer."""

    registered_on = LooseDateField(
        _("登记日期"), [InputRequired(_("请填写日期"))], default=lambda: clock.today()
    )
    note = NoteField(_("备注"), [Optional()])
    identity_number: IdentityField

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed on to WTForms
        super().__init__(*args, **kwargs)
        self.area_code.choices = community_choices(current_session(), current_user.scope_code)

    def values(self) -> VolunteerValues:
        """Return what was typed."""
        return VolunteerValues(
            **self._facts(),
            identity_number=self.identity_number.data or "",
            registered_on=self.registered_on.data,
            note=self.note.data or "",
        )


class RegisterVolunteerForm(VolunteerForm):
    """Staff take somebody into the register."""

    identity_number = IdentityField(_("身份证号"), [InputRequired(_("请填写身份证号"))])

    def validate_identity_number(self, field: IdentityField) -> None:
        """Refuse somebody who is in the register."""
        if field.data and known_identities(current_session(), [field.data]):
            raise ValidationError(_("该身份证号已登记为志愿者"))


class EditVolunteerForm(MergingMixin, VolunteerForm):
    """A known volunteer: the number stays where none is typed."""

    identity_number = IdentityField(_("更正身份证号"), [Optional()])
    phone = PhoneField(_("手机号"), [Optional()])

    def changed(self, volunteer: Volunteer) -> VolunteerValues:
        """Return what was typed; an empty telephone keeps the known one."""
        return replace(self.values(), phone=self.phone.data or volunteer.phone)

    @classmethod
    def of(cls, volunteer: Volunteer, is_open_book: bool) -> "EditVolunteerForm":
        """Return the form as it stands before anything is typed; what is masked stays empty."""
        names = (
            "area_code",
            "name",
            "political_status",
            *(["phone"] if is_open_book else []),
            "party_branch",
            "registered_on",
            "note",
            "version",
        )
        facts = _standing(volunteer) | {name: getattr(volunteer, name) for name in names}
        form = cls(formdata=None, data=facts)
        form.remember(hidden_facts(volunteer, is_open_book))
        return form


def _standing(volunteer: Volunteer) -> dict[str, Any]:
    offer = {name: getattr(volunteer, name) for name in (*OFFER, "languages")}
    return offer | {"skills": [able.skill for able in volunteer.skills]}

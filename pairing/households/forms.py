"""Forms of households."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _
from flask_login import current_user
from wtforms import (
    BooleanField,
    Form,
    FormField,
    HiddenField,
    SelectField,
    ValidationError,
)
from wtforms.validators import InputRequired, Optional

from pairing import clock
from pairing.areas.forms import AreaFilterForm
from pairing.areas.queries import community_choices
from pairing.db import current_session
from pairing.households.models import (
    Category,
    GenderWish,
    HardshipCause,
    Household,
    HouseholdStatus,
    NeedType,
    Urgency,
)
from pairing.households.queries import HouseholdFilter, hidden_facts, known_heads
from pairing.households.services import HouseholdValues, MemberValues, NeedValues
from pairing.web.addresses import row_id
from pairing.web.choices import ALL, EnumRadioField, EnumSelectField
from pairing.web.fields import (
    CountField,
    HalfDaysField,
    IdentityField,
    LineField,
    LooseDateField,
    MoneyField,
    NameField,
    NoteField,
    PhoneField,
    RowsField,
)
from pairing.web.form import BaseForm
from pairing.web.merging import MergingMixin
from pairing.wording import Wording

NEEDS = list(NeedType)
SORTS = [
    ("newest", _("最近登记在前")),
    ("waiting", _("等待最久在前")),
    ("urgency", _("紧急在前")),
    ("name", _("按姓名")),
]
FACTS = (
    "area_code", "head_name", "phone", "member_count", "monthly_income_fen", "category", "cause",
    "urgency", "visitors_wanted", "gender_wish", "half_days", "registered_on",
)  # fmt: skip
MASKED = ("phone", "address")
LINES = ("address", "language_wish", "note")


class FilterHouseholdsForm(AreaFilterForm):
    """What the list is narrowed to; stands in the address, so it names nobody."""

    category = EnumSelectField(_("类别"), enum=Category, blank=ALL)
    urgency = EnumSelectField(_("紧急程度"), enum=Urgency, blank=ALL)
    status = EnumSelectField(_("状态"), enum=HouseholdStatus, blank=ALL, default=HouseholdStatus.OPEN)
    sort = SelectField(_("排序"), choices=lambda: SORTS)

    def narrow(self, term: str) -> HouseholdFilter:
        """Return what was chosen."""
        return HouseholdFilter(
            area_code=self.area.data or "",
            category=self.category.data,
            urgency=self.urgency.data,
            status=self.status.data,
            term=term,
            sort=self.sort.data or "newest",
        )


class MemberForm(Form):
    """One row of the people who live with the head; a blank row is nobody."""

    member_id = HiddenField()
    name = NameField(_("姓名"))
    relation = LineField(_("与户主关系"), most=20)
    identity_number = IdentityField(_("身份证号"))

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        fields = (self.name, self.relation, self.identity_number)
        return not any(str((field.raw_data or [""])[0]).strip() or field.data for field in fields)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as WTForms takes them
        """Ask for what is missing in a row that was begun."""
        sound = super().validate(extra_validators)
        if self.is_blank:
            return True
        wanted = [(self.name, _("请填写姓名")), (self.relation, _("请填写与户主关系"))]
        if not self.member_id.data:
            wanted.append((self.identity_number, _("请填写身份证号")))
        for field, words in wanted:
            if not field.data and not field.errors:
                field.errors = [words]
                sound = False
        return sound

    def values(self) -> MemberValues:
        """Return the member."""
        return MemberValues(
            name=self.name.data,
            relation=self.relation.data,
            identity_number=self.identity_number.data or "",
            id=_known_id(self.member_id.data),
        )


def _known_id(typed: str | None) -> int | None:
    try:
        return row_id(typed or "")
    except ValueError:
        return None


class MembersField(RowsField):
    """Rows of people; one line on top says that a row is wrong."""

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:  # noqa: ANN401 - as WTForms has it
        """See every row."""
        sound = super().validate(form, extra_validators)
        if not sound:
            self.errors = [_("有成员的信息需要更正")]
        return sound


class NeedForm(Form):
    """One kind of need: asked for or not, with an amount where money would meet it."""

    wanted = BooleanField()
    amount = MoneyField(_("所需金额"))


class NeedsField(RowsField):
    """All kinds of need; one line on top says that an amount cannot be read."""

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:  # noqa: ANN401 - as WTForms has it
        """See every row."""
        sound = super().validate(form, extra_validators)
        if not sound:
            self.errors = [_("有金额看不懂,请填写如 5000 或 2万元")]
        return sound


class HouseholdForm(BaseForm):
    """The facts of a household, as a new file and a changed one have them in common."""

    area_code = SelectField(_("所在社区"), [InputRequired(_("请选择社区"))])
    head_name = NameField(_("户主姓名"), [InputRequired(_("请填写户主姓名"))])
    phone = PhoneField(_("联系电话"), [Optional()])
    address = LineField(_("家庭住址"), [Optional()], most=200)
    member_count = CountField(_("家庭人口"), [Optional()], least=1, most=30)
    monthly_income_fen = MoneyField(_("月人均收入"), [Optional()])
    category = EnumSelectField(
        _("家庭类别"), [InputRequired(_("请选择类别"))], enum=Category, blank=Wording("请选择")
    )
    cause = EnumSelectField(_("致困原因"), [Optional()], enum=HardshipCause, blank=Wording("未填写"))
    urgency = EnumRadioField(_("紧急程度"), [InputRequired()], enum=Urgency, default=Urgency.NONE)
    visitors_wanted = CountField(
        _("需要几名志愿者"), [InputRequired(_("请填写人数"))], least=0, most=9, default=1
    )
    gender_wish = EnumRadioField(
        _("对志愿者的希望"), [InputRequired()], enum=GenderWish, default=GenderWish.ANY
    )
    language_wish = LineField(_("希望使用的语言"), [Optional()], most=20)
    half_days = HalfDaysField(_("方便走访的时间"))
    registered_on = LooseDateField(_("登记日期"), [InputRequired(_("请填写日期"))], default=clock.today)
    note = NoteField(_("备注"), [Optional()])
    members = MembersField(FormField(MemberForm), _("家庭成员"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed on to WTForms
        super().__init__(*args, **kwargs)
        self.area_code.choices = community_choices(current_session(), current_user.scope_code)

    def validate_registered_on(self, field: LooseDateField) -> None:
        """Refuse a day that has not come."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("登记日期不能晚于今天"))

    def rows(self) -> Iterator[MemberForm]:
        """Yield the rows of members that say something."""
        yield from (entry.form for entry in self.members if not entry.form.is_blank)

    def values(self, head_identity: str, needs: tuple[NeedValues, ...] = ()) -> HouseholdValues:
        """Return what was typed."""
        facts: dict[str, Any] = {name: self[name].data for name in FACTS}
        lines: dict[str, Any] = {name: self[name].data or "" for name in LINES}
        members = tuple(row.values() for row in self.rows())
        return HouseholdValues(**facts, **lines, head_identity=head_identity, members=members, needs=needs)


class RegisterHouseholdForm(HouseholdForm):
    """A new file: who is the head, who lives there, what is lacking."""

    head_identity = IdentityField(_("户主身份证号"), [InputRequired(_("请填写身份证号"))])
    needs = NeedsField(FormField(NeedForm), _("需求"), min_entries=len(NEEDS), max_entries=len(NEEDS))

    def validate_head_identity(self, field: IdentityField) -> None:
        """Refuse a head who has a file, or who stands among the members too."""
        if field.data and known_heads(current_session(), [field.data]):
            raise ValidationError(_("该户主已有档案,不能重复建档"))
        numbers = [row.identity_number.data for row in self.rows() if row.identity_number.data]
        if field.data in numbers or len(set(numbers)) < len(numbers):
            raise ValidationError(_("同一个身份证号在本表中出现了两次"))

    def need_rows(self) -> list[tuple[NeedType, NeedForm]]:
        """Return each kind of need with its row."""
        return [(kind, entry.form) for kind, entry in zip(NEEDS, self.needs, strict=False)]

    def need_values(self) -> tuple[NeedValues, ...]:
        """Return the needs that are ticked or have an amount."""
        return tuple(
            NeedValues(kind, row.amount.data or None)
            for kind, row in self.need_rows()
            if row.wanted.data or row.amount.data
        )


class EditHouseholdForm(MergingMixin, HouseholdForm):
    """A known file: numbers stay where nothing new is typed."""

    head_identity = IdentityField(_("更正户主身份证号"), [Optional()])

    @classmethod
    def of(cls, household: Household, is_open_book: bool) -> "EditHouseholdForm":
        """Return the form as it stands before anything is typed; what is masked stays empty."""
        members = [
            {"member_id": member.id, "name": member.name, "relation": member.relation}
            for member in household.members
            if not member.is_head
        ]
        facts = {name: getattr(household, name) for name in (*FACTS, *LINES, "version")}
        hidden = {} if is_open_book else dict.fromkeys(MASKED)
        form = cls(formdata=None, data={**facts, **hidden, "members": members})
        form.remember(hidden_facts(household, is_open_book))
        return form

    def changed(self, household: Household, is_open_book: bool) -> HouseholdValues:
        """Return what was typed; where the form hid what is known, an empty field keeps it."""
        values = self.values(self.head_identity.data or "")
        if is_open_book:
            return values
        phone, address = values.phone or household.phone, values.address or household.address
        return replace(values, phone=phone, address=address)


class AddNeedForm(BaseForm):
    """One more need."""

    need_type = EnumSelectField(_("需求"), [InputRequired()], enum=NeedType)
    amount = MoneyField(_("所需金额"), [Optional()])
    note = LineField(_("说明"), [Optional()], most=200)

    def values(self) -> NeedValues:
        """Return what was typed."""
        return NeedValues(self.need_type.data, self.amount.data or None, note=self.note.data or "")

"""Forms on which a yes, or its end, is written down."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Self

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import FieldList, Form, FormField, HiddenField, SelectField, ValidationError
from wtforms.validators import InputRequired, Optional

from pairing import clock
from pairing.consents.rules import (
    OFFERED,
    GivenHow,
    Purpose,
    WithdrawnHow,
    needs_guardian,
    text_on,
    versions_of,
)
from pairing.consents.services import ConsentValues, GuardianValues
from pairing.files.services import SoundFile
from pairing.households.models import Household, Member
from pairing.web.choices import EnumRadioField
from pairing.web.fields import LineField, LooseDateField, NameField, RowsField
from pairing.web.filters import translate
from pairing.web.form import BaseForm

SOMEBODY_ELSE = "other"
OLDEST = timedelta(days=366)  # an older yes is asked for anew


class GuardianForm(Form):
    """Who decides for one child of the household."""

    member_id = HiddenField()
    guardian_name = NameField(_("监护人姓名"), [Optional()])
    guardian_relation = LineField(_("与孩子的关系"), [Optional()], most=20)

    child: Member | None = None

    def require(self, on: date) -> bool:
        """Ask for what is missing, if this child needs a guardian on that day."""
        if self.child is None or not needs_guardian(self.child.birth_on, on):
            return True
        wanted = (
            (self.guardian_name, gettext("请填写监护人姓名")),
            (self.guardian_relation, gettext("请填写与孩子的关系")),
        )
        for field, words in wanted:
            if not field.data and not field.errors:
                field.errors = [words]
        return not (self.guardian_name.errors or self.guardian_relation.errors)


class GuardiansField(RowsField):
    """One row for each child; one line on top says that a guardian is missing."""

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:  # noqa: ANN401 - as WTForms has it
        """See every row, for the day that was typed."""
        sound = super().validate(form, extra_validators)
        on = form.given_on.data
        spoken = [row.form.require(on) for row in self.entries] if on else []
        if sound and all(spoken):
            return True
        self.errors = [gettext("未满 14 周岁的孩子须由监护人同意")]
        return False


class AgreementMixin(Form):
    """Who of the household agreed, when and how; a guardian for each child."""

    giver = SelectField(_("谁同意的"), [InputRequired(_("请选择谁同意的"))])
    giver_name = NameField(_("姓名"))
    giver_relation = LineField(_("与户主关系"), most=20)
    given_how = EnumRadioField(_("怎样同意的"), [InputRequired(_("请选择怎样同意的"))], enum=GivenHow)
    witness_name = NameField(_("见证人姓名"))
    given_on = LooseDateField(_("同意日期"), [InputRequired(_("请填写日期"))], default=clock.today)
    text_version = SelectField(_("同意书版本"), [InputRequired()])
    guardians = GuardiansField(FormField(GuardianForm), _("孩子的监护人"))

    def ask(self, household: Household, purpose: Purpose) -> Self:
        """Offer the people of the household; children speak through their guardians."""
        today = clock.today()
        speakers = [row for row in household.members if not needs_guardian(row.birth_on, today)]
        names = [(str(row.id), f"{row.name}({translate(row.relation)})") for row in speakers]
        self.giver.choices = [("", gettext("请选择")), *names, (SOMEBODY_ELSE, gettext("其他人"))]
        self.given_how.choices = [(how.value, translate(how.label)) for how in OFFERED]
        versions = [text.version for text in versions_of(purpose) if text.valid_from <= today]
        self.text_version.choices = [
            (version, version) for version in versions or [text_on(purpose, today).version]
        ]
        children = [row for row in household.members if needs_guardian(row.birth_on, today - OLDEST)]
        _one_row_each(self.guardians, children)
        return self

    def rows(self) -> Iterator[tuple[Member, GuardianForm]]:
        """Yield each child with its row."""
        yield from ((row.form.child, row.form) for row in self.guardians if row.form.child)

    def validate_giver_name(self, field: NameField) -> None:
        """Ask for the name of somebody who is no member."""
        if self.giver.data == SOMEBODY_ELSE and not field.data:
            raise ValidationError(gettext("请填写姓名"))

    def validate_giver_relation(self, field: LineField) -> None:
        """Ask what somebody who is no member is to the head."""
        if self.giver.data == SOMEBODY_ELSE and not field.data:
            raise ValidationError(gettext("请填写与户主关系"))

    def validate_witness_name(self, field: NameField) -> None:
        """An oral yes has a witness."""
        if self.given_how.data is GivenHow.ORAL and not field.data:
            raise ValidationError(gettext("口头同意须有见证人"))

    def validate_given_on(self, field: LooseDateField) -> None:
        """Refuse a day that has not come, and one too long ago to rely on."""
        if field.data and field.data > clock.today():
            raise ValidationError(gettext("同意日期不能晚于今天"))
        if field.data and field.data < clock.today() - OLDEST:
            raise ValidationError(gettext("超过一年的同意请重新征求"))

    def agreement(self, paper: SoundFile | None = None) -> ConsentValues:
        """Return what was typed, with the signed form if there is one."""
        is_member = self.giver.data != SOMEBODY_ELSE
        return ConsentValues(
            given_on=self.given_on.data,
            given_how=self.given_how.data,
            giver_id=int(self.giver.data) if is_member else None,
            giver_name="" if is_member else self.giver_name.data,
            giver_relation="" if is_member else self.giver_relation.data,
            witness_name=self.witness_name.data or "",
            guardians=tuple(_spoken(child, row) for child, row in self.rows()),
            text_version=self.text_version.data,
            paper=paper,
        )


def _one_row_each(rows: "FieldList[Any]", children: list[Member]) -> None:
    """Give each child one row, keeping what was typed for it; rows of nobody go."""
    typed = {entry.form.member_id.data: entry for entry in reversed(rows.entries)}
    rows.entries = [typed[str(child.id)] for child in children if str(child.id) in typed]
    for child in children:
        if str(child.id) not in typed:
            rows.append_entry({"member_id": str(child.id)})
    by_id = {str(child.id): child for child in children}
    for entry in rows.entries:
        entry.form.child = child = by_id[entry.form.member_id.data]
        is_child = needs_guardian(child.birth_on, clock.today())
        entry.form.guardian_name.flags.required = entry.form.guardian_relation.flags.required = is_child


def _spoken(child: Member, row: GuardianForm) -> GuardianValues:
    return GuardianValues(child.id, row.guardian_name.data or "", row.guardian_relation.data or "")


class GiveConsentForm(AgreementMixin, BaseForm):
    """A household agrees to one purpose."""

    evidence = FileField(_("扫描件或照片"))


class WithdrawConsentForm(BaseForm):
    """A household takes its yes back."""

    withdrawn_how = EnumRadioField(_("怎样得知"), [InputRequired(_("请选择怎样得知的"))], enum=WithdrawnHow)
    withdrawn_on = LooseDateField(_("撤回日期"), [InputRequired(_("请填写日期"))], default=clock.today)

    def __init__(self, given_on: date, **kwargs: Any) -> None:  # noqa: ANN401 - passed on to WTForms
        super().__init__(**kwargs)
        self.given_on = given_on

    def validate_withdrawn_on(self, field: LooseDateField) -> None:
        """Refuse a day outside the time of the yes."""
        if field.data and not self.given_on <= field.data <= clock.today():
            raise ValidationError(gettext("撤回日期应在同意之后,不晚于今天"))

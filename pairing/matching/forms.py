"""Forms of matching."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired

from pairing.households.models import Urgency
from pairing.matching.models import DeclineReason
from pairing.matching.rules.weights import PARTS, Weights
from pairing.web.choices import EnumChecksField, EnumRadioField
from pairing.web.fields import CountField, NoteField
from pairing.web.form import BaseForm

MOST = 1000
NEEDED = InputRequired(_("请填写"))
LONGEST_NOTE = 200


class WhomForm(BaseForm):
    """Whom a run looks at."""

    area_code = SelectField(_("范围"), validators=[InputRequired(_("请选择范围"))])
    urgencies = EnumChecksField(_("紧急程度"), enum=Urgency)

    def offer(self, areas: list[tuple[str, str]]) -> "WhomForm":
        """Set the areas to choose from, the widest first; returns the form."""
        self.area_code.choices = areas
        return self

    def weights(self) -> Weights:
        """Return what was chosen."""
        return Weights(urgencies=tuple(urgency.value for urgency in self.urgencies.data or ()))


class PreviewPeopleForm(WhomForm):
    """Whom a run of people looks at, and by which rules."""

    is_gender_required = BooleanField(_("家庭希望女(男)志愿者时,必须满足"), default=True)
    skills = CountField(_("技能对得上需求"), [NEEDED], most=MOST, default=40)
    nearness = CountField(_("住得近"), [NEEDED], most=MOST, default=25)
    half_days = CountField(_("共同空闲时间多"), [NEEDED], most=MOST, default=15)
    language = CountField(_("会说家庭希望的方言"), [NEEDED], most=MOST, default=10)
    load = CountField(_("手上帮扶的家庭少"), [NEEDED], most=MOST, default=10)
    gender = CountField(_("性别符合家庭意愿"), [NEEDED], most=MOST, default=10)
    waiting = CountField(_("等待时间"), [NEEDED], most=MOST, default=100)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as WTForms takes them
        """Refuse weights that are all zero: there would be nothing to tell pairs apart by."""
        if not super().validate(extra_validators):
            return False
        counted = [part for part in PARTS if part != "gender" or not self.is_gender_required.data]
        if any(self[part].data for part in counted):
            return True
        self.skills.errors = [_("至少要有一项大于 0")]
        return False

    def weights(self) -> Weights:
        """Return what was chosen."""
        numbers = {name: float(self[name].data) for name in (*PARTS, "waiting")}
        return Weights(
            **numbers,
            is_gender_required=self.is_gender_required.data,
            urgencies=super().weights().urgencies,
        )


class PreviewMoneyForm(WhomForm):
    """Whom a run of money looks at; the conditions of the pledges are its rules."""


class DeclineProposalForm(BaseForm):
    """Why a volunteer says no."""

    reason = EnumRadioField(_("原因"), [InputRequired(_("请选一个原因"))], enum=DeclineReason)
    note = NoteField(_("补充说明"), most=LONGEST_NOTE)


class DeclineGrantForm(BaseForm):
    """Why a company says no."""

    note = NoteField(_("原因"), [InputRequired(_("请写一句原因"))], most=LONGEST_NOTE)

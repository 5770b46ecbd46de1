"""Forms of staff who decide."""

from datetime import date
from typing import Self

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from pairing import clock
from pairing.consents.forms import AgreementMixin
from pairing.consents.services import ConsentValues
from pairing.matching.models import DeclineReason
from pairing.pairings.models import EndReason
from pairing.review import rules
from pairing.review.queries.people import FirstVisit
from pairing.review.rules import Answer, How
from pairing.values.half_days import DAYS, LABELS
from pairing.visits.models import Frequency
from pairing.web.choices import EnumRadioField, EnumSelectField
from pairing.web.fields import LineField, LooseDateField
from pairing.web.filters import translate
from pairing.web.form import BaseForm
from pairing.wording import Wording

HOW = [InputRequired(_("请选择怎样得知的"))]


def _note(label: str, about: str) -> TextAreaField:
    limit = Length(max=200, message=_("最多 200 字"))
    return TextAreaField(
        label, [Optional(), limit], filters=[_stripped], description=about, render_kw={"rows": 2}
    )


def _stripped(words: str | None) -> str:
    return (words or "").strip()


class NoteAnswerForm(BaseForm):
    """What a volunteer or a company without account said."""

    answer = EnumRadioField(_("答复"), [InputRequired(_("请选择答复"))], enum=Answer)
    how = EnumRadioField(_("怎样得知"), HOW, enum=How)

    @property
    def is_yes(self) -> bool:
        """Whether the answer is yes."""
        return self.answer.data is Answer.YES


class NoteVolunteerAnswerForm(NoteAnswerForm):
    """What a volunteer without account said; a no has a reason."""

    reason = EnumSelectField(
        _("谢绝的原因"),
        enum=DeclineReason,
        blank=Wording("请选择"),
        description=_("同意时不用填"),
    )
    note = _note(_("备注"), _("不写病情等个人隐私"))

    @property
    def reason_of_no(self) -> DeclineReason | None:
        """The reason, unless the answer is yes."""
        return None if self.is_yes else self.reason.data

    def validate_reason(self, field: EnumSelectField) -> None:
        """A no needs its reason."""
        if self.answer.data is Answer.NO and not field.data:
            raise ValidationError(gettext("请选择谢绝的原因"))


class NoteCompanyAnswerForm(NoteAnswerForm):
    """What a company without account said."""

    note = _note(_("备注"), _("谢绝时可写原因"))


class NoteConsentForm(BaseForm):
    """The household, which has consented to pairing, agrees to this volunteer."""

    how = EnumRadioField(_("怎样得知"), HOW, enum=How)

    def told(self) -> tuple[How, ConsentValues | None]:
        """Return how staff learnt of it; there is no new consent."""
        return self.how.data, None


class NoteFirstConsentForm(AgreementMixin, BaseForm):
    """The household consents to pairing, and agrees to this volunteer with it."""

    def told(self) -> tuple[How, ConsentValues | None]:
        """Return how staff learnt of it, and the consent."""
        return rules.HOW_GIVEN[self.given_how.data], self.agreement()


class RefuseConsentForm(BaseForm):
    """The household says no."""

    refused_how = EnumRadioField(_("怎样得知"), HOW, enum=How)
    refused_note = _note(_("备注"), _("只供工作人员查看,不会告诉志愿者"))


class WithdrawForm(BaseForm):
    """Why a proposal is taken back."""

    withdrawn_note = _note(_("撤回的原因"), _("只供工作人员查看,不会告诉对方"))


class ConfirmProposalForm(BaseForm):
    """When the first visit is, and how often visits follow."""

    first_visit_on = LooseDateField(_("首次走访日期"), [InputRequired(_("请填写首次走访日期"))])
    half_day = SelectField(
        _("时间"), [InputRequired()], coerce=int, description=_("双方都有空的半天,括号内是最近的一次")
    )
    frequency = EnumSelectField(_("走访频次"), [InputRequired()], enum=Frequency)

    def offer(self, visit: FirstVisit, today: date) -> Self:
        """Offer the half-days that suit both."""
        self.half_day.choices = [(bit, _half_day(bit, today)) for bit in rules.list_bits(visit.common)]
        self.half_day.choices.append((0, gettext("只约定日期,几点另外商量")))
        return self

    def suggest(self, visit: FirstVisit) -> Self:
        """Fill in what is suggested."""
        self.first_visit_on.data, self.half_day.data = visit.on, visit.half_day
        self.frequency.data = visit.frequency
        return self

    def plan(self) -> tuple[date, Frequency, int]:
        """Return first day, frequency and half-day."""
        return self.first_visit_on.data, self.frequency.data, self.half_day.data

    def validate_first_visit_on(self, field: LooseDateField) -> None:
        """Refuse a day that is over or far away, and one that is not a day of the chosen half-day."""
        if field.data is None:
            return  # its words could not be read
        if not rules.is_in_reach(field.data, clock.today()):
            raise ValidationError(gettext("首次走访应在今天起三个月之内"))
        chosen = self.half_day.data
        if rules.is_half_day(chosen) and rules.weekday_of(chosen) != field.data.weekday():
            raise ValidationError(
                gettext(
                    "这一天是%(weekday)s,与所选的%(half_day)s不符,可改为 %(day)s",
                    weekday=translate(DAYS[field.data.weekday()]),
                    half_day=translate(LABELS[chosen.bit_length() - 1]),
                    day=rules.next_date(chosen, clock.today()).isoformat(),
                )
            )


def _half_day(bit: int, today: date) -> str:
    words, on = translate(LABELS[bit.bit_length() - 1]), rules.next_date(bit, today)
    return str(gettext("%(when)s(%(month)d 月 %(day)d 日)", when=words, month=on.month, day=on.day))


class EndPairingForm(BaseForm):
    """Why a pairing ends."""

    reason = EnumSelectField(
        _("结束原因"), [InputRequired(_("请选择结束原因"))], enum=EndReason, blank=Wording("请选择")
    )
    note = _note(_("备注"), _("只供工作人员查看,不会告诉志愿者"))


class CloseHouseholdForm(BaseForm):
    """Why a household leaves the register."""

    reason = LineField(_("退出原因"), [InputRequired(_("请填写退出原因"))], most=100)

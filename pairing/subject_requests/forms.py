"""Forms of requests about one's own data, and of the office's calendar."""

from datetime import timedelta

from flask_babel import lazy_gettext as _
from wtforms import ValidationError
from wtforms.validators import InputRequired

from pairing import clock
from pairing.subject_requests.models import RequestChannel, RequestKind, RequestStatus
from pairing.subject_requests.services import RequestValues
from pairing.web.choices import ALL, EnumRadioField, EnumSelectField
from pairing.web.fields import LineField, LooseDateField, NoteField
from pairing.web.form import BaseForm
from pairing.wording import Labelled, Wording
from pairing.wording import _ as w
from pairing.workdays.services import LONGEST_NAME, LONGEST_SOURCE, DayValues

OLDEST = timedelta(days=60)  # a slip of paper that lay longer is asked for anew


class CopyFormat(Labelled):
    """What a copy is written as."""

    XLSX = "xlsx", w("Excel 工作簿(.xlsx)")
    JSON = "json", w("供其他系统读取(.json)")


class DayKind(Labelled):
    """What a day is."""

    OFF = "off", w("休(放假)")
    WORK = "work", w("班(调休上班)")


class CopyForm(BaseForm):
    """A copy of everything that is kept."""

    format = EnumSelectField(_("格式"), [InputRequired()], enum=CopyFormat, default=CopyFormat.XLSX)


class AskForm(BaseForm):
    """What a person asks for about the own data."""

    kind = EnumRadioField(_("请求"), [InputRequired(_("请选择一项"))], enum=RequestKind)
    words = NoteField(_("说明"), most=1000)

    def validate_words(self, field: NoteField) -> None:
        """Ask what is wrong, where something is to be corrected."""
        if self.kind.data is RequestKind.CORRECT and not field.data:
            raise ValidationError(_("请写明哪一项不对,应为什么"))


class ReceiveForm(AskForm):
    """What staff write down of a request that somebody made to them."""

    channel = EnumRadioField(
        _("方式"), [InputRequired(_("请选择一项"))], enum=RequestChannel, default=RequestChannel.IN_PERSON
    )
    received_on = LooseDateField(_("收到日期"), [InputRequired(_("请填写日期"))], default=clock.today)

    def validate_received_on(self, field: LooseDateField) -> None:
        """Refuse a day to come, and one so long ago that it must be a slip."""
        if field.data and not clock.today() - OLDEST <= field.data <= clock.today():
            raise ValidationError(_("收到日期应在过去 60 天之内"))

    def values(self) -> RequestValues:
        """Return what was typed."""
        return RequestValues(self.kind.data, self.channel.data, self.received_on.data, self.words.data)


class AnswerForm(BaseForm):
    """The answer in words."""

    answer = NoteField(_("答复"), [InputRequired(_("请写明答复"))], most=1000)


class FilterRequestsForm(BaseForm):
    """Which requests are shown."""

    class Meta:
        """A filter changes nothing, so it needs no token."""

        csrf = False

    status = EnumSelectField(_("状态"), enum=RequestStatus, blank=ALL)


class DayForm(BaseForm):
    """One day of the office's calendar."""

    day = LooseDateField(_("日期"), [InputRequired(_("请填写日期"))])
    kind = EnumRadioField(_("安排"), [InputRequired(_("请选择一项"))], enum=DayKind)
    name = LineField(_("名称"), most=LONGEST_NAME)
    source = LineField(_("依据"), most=LONGEST_SOURCE)

    def values(self) -> DayValues:
        """Return what was typed."""
        return DayValues(self.day.data, self.kind.data is DayKind.WORK, self.name.data, self.source.data)


class ImportDaysForm(BaseForm):
    """Many days at once, pasted from a table."""

    lines = NoteField(
        Wording("每行一天"), [InputRequired(_("请粘贴内容"))], most=60_000, render_kw={"rows": 6}
    )


class DropDayForm(BaseForm):
    """The day whose entry is taken back."""

    day = LooseDateField(_("日期"), [InputRequired()])

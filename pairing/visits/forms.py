"""Forms of visits."""

from datetime import date, timedelta

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import MultipleFileField
from wtforms import RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from pairing import clock
from pairing.areas.forms import AreaFilterForm
from pairing.files.services import SoundFile
from pairing.values.half_days import PARTS, bit
from pairing.visits.models import Mood, Topic, Visit, VisitStatus
from pairing.visits.queries import VisitFilter
from pairing.visits.rules import MOST_PHOTOS, STARTS, part_at
from pairing.visits.services import ReportValues
from pairing.web.choices import ALL, EnumChecksField, EnumRadioField, EnumSelectField
from pairing.web.fields import LooseDateField
from pairing.web.filters import translate
from pairing.web.form import BaseForm

WEEK = timedelta(days=7)
FARTHEST = timedelta(days=366)
MINUTES = (15, 30, 60, 90, 120)
MET, NOT_MET = "met", "not_met"


def _parts() -> list[tuple[int, str]]:
    times = (f"{start.hour}:{start.minute:02d}" for start in STARTS)
    return [
        (part, f"{translate(name)} {start}")
        for part, (name, start) in enumerate(zip(PARTS, times, strict=True))
    ]


class WhenForm(BaseForm):
    """A day and a part of it."""

    planned_on = LooseDateField(
        _("走访日期"), [InputRequired(_("请填写走访日期"))], render_kw={"type": "date"}
    )
    part = RadioField(_("时段"), [InputRequired(_("请选择时段"))], choices=_parts, coerce=int)

    def validate_planned_on(self, field: LooseDateField) -> None:
        """A day from today on, within a year."""
        if field.data and not clock.today() <= field.data <= clock.today() + FARTHEST:
            raise ValidationError(_("请选择今天起一年内的日期"))

    @property
    def half_day(self) -> int:
        """The chosen half-day as a mask."""
        return bit(self.planned_on.data.weekday(), self.part.data)


class OpenVisitForm(WhenForm):
    """A visit that is offered for sign-up."""

    purpose = StringField(
        _("这次去做什么"),
        [DataRequired(_("请写一句这次去做什么")), Length(max=100, message=_("最多 100 个字"))],
        description=_("报名前所有志愿者都能看到,请不要写姓名、住址、病情"),
    )


class MoveVisitForm(WhenForm):
    """Another day for a visit."""

    def show(self, visit: Visit) -> None:
        """Start from where the visit is."""
        self.planned_on.data, self.part.data = visit.planned_on, part_at(visit.starts_at)


class CancelVisitForm(BaseForm):
    """Why a visit does not take place."""

    cancel_note = StringField(
        _("取消原因"), [DataRequired(_("请写明取消原因")), Length(max=100, message=_("最多 100 个字"))]
    )


class ReportVisitForm(BaseForm):
    """What the visitor found, in under a minute on a phone."""

    outcome = RadioField(
        _("见到了吗"),
        [InputRequired(_("请选择是否见到"))],
        choices=lambda: [(MET, gettext("见到了")), (NOT_MET, gettext("没见到"))],
    )
    visited_on = LooseDateField(
        _("走访日期"), [InputRequired(_("请填写走访日期"))], render_kw={"type": "date"}
    )
    minutes = RadioField(
        _("大约多久"),
        choices=lambda: [(minutes, gettext("%(minutes)d 分钟", minutes=minutes)) for minutes in MINUTES],
        coerce=int,
        validate_choice=False,
    )
    topics = EnumChecksField(_("聊了什么,看了什么"), enum=Topic)
    mood = EnumRadioField(_("家里情况"), enum=Mood, validate_choice=False)
    note = TextAreaField(_("补充说明"), [Length(max=500, message=_("最多 500 个字"))], render_kw={"rows": 3})

    photos = MultipleFileField(_("照片"))

    def validate_visited_on(self, field: LooseDateField) -> None:
        """A visit that has taken place cannot lie in the future."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("走访日期不能晚于今天"))

    def validate_minutes(self, field: RadioField) -> None:
        """How long, where somebody was met."""
        if self.outcome.data == MET and field.data not in MINUTES:
            raise ValidationError(_("请选择大约多久"))

    def validate_mood(self, field: EnumRadioField) -> None:
        """How they are, where somebody was met."""
        if self.outcome.data == MET and field.data is None:
            raise ValidationError(_("请选择家里情况"))

    def validate_photos(self, field: MultipleFileField) -> None:
        """A few photos say enough."""
        if len(field.data or ()) > MOST_PHOTOS:
            raise ValidationError(_("最多 %(most)d 张照片", most=MOST_PHOTOS))

    def values(self, photos: tuple[SoundFile, ...] = ()) -> ReportValues:
        """Return what was told."""
        return ReportValues(
            is_met=self.outcome.data == MET,
            visited_on=self.visited_on.data,
            minutes=self.minutes.data or 0,
            topics=tuple(self.topics.data or ()),
            mood=self.mood.data,
            note=(self.note.data or "").strip(),
            photos=photos,
        )


class ListVisitsForm(AreaFilterForm):
    """Which visits are listed; comes in the address."""

    week = LooseDateField(_("哪一周"), render_kw={"type": "date"})
    status = EnumSelectField(_("状态"), enum=VisitStatus, blank=ALL)

    def chosen(self) -> VisitFilter:
        """Return the filter; what cannot be read narrows nothing."""
        sound = self.validate()
        today = clock.today()
        start = monday(self.week.data or today)
        area = self.area.data if sound or "area" not in self.errors else ""
        status = self.status.data if sound or "status" not in self.errors else None
        return VisitFilter(start, start + WEEK - timedelta(days=1), today, area or "", status)


def monday(day: date) -> date:
    """Return the first day of the week of *day*."""
    return day - timedelta(days=day.weekday())

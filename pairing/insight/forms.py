"""Narrowing the trail."""

from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.fields import DateField

from pairing import clock
from pairing.areas.forms import AreaFilterForm
from pairing.audit.models import EntryKind
from pairing.audit.queries import Wanted
from pairing.audit.rules import ACTIONS, SUBJECTS, is_day_of_trail
from pairing.web.filters import translate
from pairing.wording import Wording

ALL = _("全部")
LONGEST = 9  # digits of a number that the database can compare
KINDS = {kind.value for kind in EntryKind}


def _choices(words: dict[str, Wording]) -> list[tuple[str, str]]:
    return sorted(((code, str(translate(text))) for code, text in words.items()), key=lambda pair: pair[1])


class FilterTrailForm(AreaFilterForm):
    """Who, what, on which thing, where, from when to when; stands in the address, so it names nobody."""

    action = SelectField(_("操作"), default="")
    actor = StringField(_("操作人编号"))
    subject_type = SelectField(_("对象"), default="")
    subject_id = StringField(_("对象编号"))
    since = DateField(_("自哪天起"))
    until = DateField(_("到哪天止"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed on to WTForms
        super().__init__(*args, **kwargs)
        self.action.choices = [("", ALL), *_choices(ACTIONS)]
        self.subject_type.choices = [("", ALL), *_choices(SUBJECTS)]

    def wanted(self, kind: str) -> Wanted:
        """Return what was chosen; what cannot be read narrows nothing."""
        since, until = (
            field.data if field.data and is_day_of_trail(field.data) else None
            for field in (self.since, self.until)
        )
        return Wanted(
            kind=EntryKind(kind) if kind in KINDS else None,
            action=self.action.data if self.action.data in ACTIONS else "",
            actor_id=_number(self.actor.data),
            subject_type=self.subject_type.data if self.subject_type.data in SUBJECTS else "",
            subject_id=str(_number(self.subject_id.data) or ""),
            area_code=self.area.data or "",
            since=clock.at(since, 0) if since else None,
            until=clock.at(until + timedelta(days=1), 0) if until else None,
        )


def _number(typed: str | None) -> int | None:
    text = (typed or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST else None

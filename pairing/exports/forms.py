"""The form that asks for a list."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.validators import InputRequired

from pairing.exports.queries import ExportKind
from pairing.exports.rules import (
    FULL_REASONS,
    NOTE_LEAST,
    NOTE_MOST,
    Codes,
    ExportFormat,
    ExportReason,
    reason_fits,
)
from pairing.exports.services import Wish
from pairing.web.choices import EnumRadioField, EnumSelectField
from pairing.web.fields import LineField
from pairing.web.filters import labels
from pairing.web.form import BaseForm
from pairing.wording import Wording

MASKED, FULL = "masked", "full"


class RequestExportForm(BaseForm):
    """What a list is wanted for; personal data in full want a stronger reason and a sentence."""

    contents = RadioField(
        _("内容"),
        [InputRequired()],
        choices=lambda: [
            (MASKED, _("脱敏名单:姓名、电话、住址只留能辨认的部分")),
            (FULL, _("完整名单:含姓名、电话、住址")),
        ],
        default=MASKED,
    )
    format = EnumRadioField(_("文件格式"), [InputRequired()], enum=ExportFormat, default=ExportFormat.XLSX)
    reason = EnumSelectField(
        _("导出原因"), [InputRequired(_("请选择原因"))], enum=ExportReason, blank=Wording("请选择")
    )
    note = LineField(_("具体用途"), most=NOTE_MOST)

    def __init__(self, kind: ExportKind, may_be_full: bool) -> None:
        super().__init__()
        self.kind = kind
        if not may_be_full:
            del self.contents

    @property
    def is_full(self) -> bool:
        """Whether the list is wanted unmasked."""
        return "contents" in self and self.contents.data == FULL

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as WTForms takes them
        """Check each field, then whether the reason is good enough for what is wanted."""
        if not super().validate(extra_validators):
            return False
        note = self.note.data or ""
        if reason_fits(self.reason.data, note, self.is_full):
            return True
        if self.reason.data not in FULL_REASONS:
            known = labels(reason for reason in ExportReason if reason in FULL_REASONS)
            self.reason.errors = [gettext("完整名单只能用于:%(reasons)s", reasons=known)]
        else:
            self.note.errors = [gettext("完整名单请写明用途,至少 %(least)s 个字", least=NOTE_LEAST)]
        return False

    def wish(self, filters: Codes, term: str) -> Wish:
        """Return what is asked for."""
        return Wish(
            kind=self.kind.code,
            reason=self.reason.data,
            filters=filters,
            term=term,
            note=self.note.data or "",
            is_full=self.is_full,
            format=self.format.data,
        )

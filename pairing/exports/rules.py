"""How lists leave the house: why, for how long, and what is said when one does not."""

import re
from collections.abc import Mapping
from datetime import timedelta

from pairing.wording import Labelled, Wording, _

KEEP = timedelta(days=7)  # then the content is removed
LEASE = timedelta(minutes=2)  # longer than a build may take; then another run does it
ATTEMPTS = 3
LATE = timedelta(seconds=30)  # a scheduler that has not been heard of for so long is said to be down
NOTE_LEAST, NOTE_MOST = 10, 200
AREA = re.compile(r"[1-9][0-9]{3}(?:[0-9]{2}(?:[0-9]{3}(?:[0-9]{3})?)?)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Codes = Mapping[str, str]  # name of a filter -> code of what it is narrowed to


class ExportFormat(Labelled):
    """What the list is written as."""

    XLSX = "xlsx", _("Excel 工作簿(.xlsx)")
    CSV = "csv", _("文本表格(.csv)")


class ExportReason(Labelled):
    """Why a list leaves the house; kept in the trail."""

    WORK = "work", _("日常工作")
    REPORT = "report", _("汇总上报")
    CHECK = "check", _("核对名册")
    INSPECTION = "inspection", _("检查或审计")
    CONTACT = "contact", _("逐一联系本人")
    DELIVERY = "delivery", _("入户发放或走访")
    DUTY = "duty", _("依法提供")


FULL_REASONS = frozenset({ExportReason.CONTACT, ExportReason.DELIVERY, ExportReason.DUTY})

FAILURES: dict[str, Wording] = {
    "not_permitted": _("您的账号、职责或工作区域已变动,没有生成。需要的话请重新申请"),
    "too_many_rows": _("申请之后名单变长,超过了每次可导出的行数。请缩小范围后重新申请"),
    "broken": _("生成时出错,已试过三次。请重新申请;再次出错请告诉管理员"),
}


def is_area(code: str) -> bool:
    """Whether *code* is the code of an area, and not a telephone or an identity number."""
    return AREA.fullmatch(code) is not None


def reason_fits(reason: ExportReason, note: str, is_full: bool) -> bool:
    """Whether the reason is good enough: personal data want a stronger one, and a sentence."""
    return not is_full or (reason in FULL_REASONS and len(note.strip()) >= NOTE_LEAST)

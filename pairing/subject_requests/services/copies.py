"""A copy of everything that is kept about a person, for that person."""

import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.audit.services import record
from pairing.subject_requests.models import SubjectRequest
from pairing.subject_requests.queries import Section
from pairing.wording import Labelled
from pairing.workbooks.plans import Column, SheetPlan
from pairing.workbooks.writing import write_workbook

LONGEST_SHEET_NAME = 31
UNFIT = re.compile(r"[\[\]:*?/\\、]")  # in the name of a sheet
WIDTH = 24


def as_workbook(sections: Sequence[Section]) -> bytes:
    """Write each section on a sheet of its own; no cell is a formula."""
    plans = [
        SheetPlan(
            UNFIT.sub("", section.title)[:LONGEST_SHEET_NAME],
            [Column(str(name), WIDTH, is_text=True) for name in section.columns],
            [[_plain(cell) for cell in row] for row in section.rows],
            title=str(section.title),
        )
        for section in sections
    ]
    return write_workbook(plans)


def as_json(sections: Sequence[Section]) -> bytes:
    """Write the sections for another program (个人信息的转移)."""
    whole = {
        str(section.title): [
            dict(zip(map(str, section.columns), map(_plain, row), strict=True)) for row in section.rows
        ]
        for section in sections
    }
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def note_copy(
    session: Session,
    subject: object,
    by: User,
    how: str,
    now: datetime,
    request: SubjectRequest | None = None,
) -> None:
    """Note in the trail that somebody had a whole copy: the own one, or one that staff gave for *request*."""
    action = "export_file_copy" if request else "export_own_copy"
    record(session, by, action, subject, now, {"how": how, "request": request.id if request else None})


def _plain(cell: Any) -> Any:  # noqa: ANN401 - a cell may hold anything that a page shows
    if isinstance(cell, Labelled):
        return str(cell.label)
    if isinstance(cell, datetime):
        return f"{clock.local(cell):%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, int | float) else str(cell or "")

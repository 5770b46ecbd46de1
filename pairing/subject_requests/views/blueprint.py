"""The blueprint of the pages about people's own data."""

from datetime import date, datetime

from flask import Blueprint, Response

from pairing.subject_requests.forms import CopyFormat
from pairing.subject_requests.queries import Section
from pairing.subject_requests.services import as_json, as_workbook
from pairing.web.downloads import XLSX
from pairing.web.filters import moment, translate
from pairing.wording import Labelled, Wording

bp = Blueprint("subject_requests", __name__)
Cell = Labelled | datetime | date | Wording | str | int | float
NAME = "personal-information"  # of the file; it says nothing of anybody


def copy_answer(sections: list[Section], kept_as: CopyFormat) -> Response:
    """Answer with a copy that the browser keeps as a file."""
    is_json = kept_as is CopyFormat.JSON
    content = as_json(sections) if is_json else as_workbook(sections)
    headers = {"Content-Disposition": f'attachment; filename="{NAME}.{kept_as.value}"'}
    return Response(content, mimetype="application/json" if is_json else XLSX, headers=headers)


@bp.app_template_filter("cell_words")
def cell_words(cell: Cell) -> str:
    """Write a cell of a section in the reader's language."""
    if isinstance(cell, Labelled):
        return str(translate(cell.label))
    if isinstance(cell, datetime):
        return moment(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return str(translate(cell) if isinstance(cell, Wording) else cell)

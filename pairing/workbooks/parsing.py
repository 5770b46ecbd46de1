"""Parsing a workbook, in whatever process this is; `reading` has a child do it."""

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
)

from pairing.workbooks import refusals
from pairing.workbooks.container import repack, unpack
from pairing.workbooks.inert import bare
from pairing.workbooks.scan import Scan
from pairing.workbooks.sheets import Row, Sheet


def parse_workbook(data: bytes) -> list[Sheet]:
    """Read the worksheets of an .xlsx file, or raise WorkbookRefused.

    A formula counts as the value the workbook shows for it and is never evaluated; a text that
    looks like a formula is a text.
    """
    parts = unpack(data)
    scan = Scan()
    for part in parts.values():
        scan.look_through(part)
    try:
        with CalamineWorkbook.from_filelike(repack(parts)) as book:
            return [Sheet(meta.name, _rows(book.get_sheet_by_name(meta.name))) for meta in _worksheets(book)]
    except PasswordError as error:
        raise refusals.encrypted() from error
    except (CalamineError, OSError, ValueError) as error:
        raise refusals.damaged() from error


def _worksheets(book: CalamineWorkbook) -> list[SheetMetadata]:
    return [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]


def _rows(sheet: CalamineSheet) -> list[Row]:
    """Keep leading empty rows, else every row number in a message would be too small."""
    return [[_value(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _value(value: object) -> object:
    """Undo what the export does to texts that look like formulas."""
    return bare(value) if isinstance(value, str) else value

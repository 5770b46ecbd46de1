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
from pairing.workbooks.scan import MOST_AREA, MOST_CELLS, Scan
from pairing.workbooks.sheets import Row, Sheet

MOST_SHEETS = 50


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
            return _sheets(book)
    except refusals.WorkbookRefused:
        raise
    except PasswordError as error:
        raise refusals.encrypted() from error
    except (CalamineError, OSError, ValueError) as error:
        raise refusals.damaged() from error


def _sheets(book: CalamineWorkbook) -> list[Sheet]:
    """Read sheet by sheet; many names may stand for one part, so what comes out is counted again."""
    sheets, area = [], 0
    for meta in _worksheets(book):
        found = book.get_sheet_by_name(meta.name)
        area += found.total_height * found.total_width
        if area > MOST_AREA:
            raise refusals.too_many_cells(MOST_CELLS)
        sheets.append(Sheet(meta.name, _rows(found)))
    return sheets


def _worksheets(book: CalamineWorkbook) -> list[SheetMetadata]:
    found = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    if len(found) > MOST_SHEETS:
        raise refusals.too_many_sheets(MOST_SHEETS)
    return found


def _rows(sheet: CalamineSheet) -> list[Row]:
    """Keep leading empty rows, else every row number in a message would be too small."""
    return [[_value(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _value(value: object) -> object:
    """Undo what the export does to texts that look like formulas."""
    return bare(value) if isinstance(value, str) else value

"""Reading a workbook into rows of plain values, numbered as the workbook shows them."""

from collections.abc import Iterator
from dataclasses import dataclass

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
)

from pairing.values.text import cell_text
from pairing.workbooks import refusals
from pairing.workbooks.container import repack, unpack
from pairing.workbooks.inert import bare
from pairing.workbooks.scan import Scan

Row = list[object]


@dataclass(frozen=True)
class Sheet:
    """One worksheet; ``rows[0]`` is row 1, values are text, numbers, dates or ""."""

    name: str
    rows: list[Row]

    def numbered(self) -> Iterator[tuple[int, Row]]:
        """Give each row with the number the workbook shows beside it."""
        return enumerate(self.rows, start=1)


def read_workbook(data: bytes) -> list[Sheet]:
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


def is_blank(row: Row) -> bool:
    """Tell whether a row holds nothing but blanks."""
    return not any(cell_text(value).strip() for value in row)


def _worksheets(book: CalamineWorkbook) -> list[SheetMetadata]:
    return [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]


def _rows(sheet: CalamineSheet) -> list[Row]:
    """Keep leading empty rows, else every row number in a message would be too small."""
    return [[_value(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _value(value: object) -> object:
    """Undo what the export does to texts that look like formulas."""
    return bare(value) if isinstance(value, str) else value

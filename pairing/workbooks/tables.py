"""Finding the table of a register in a sheet: its header row, its data rows, not its total."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pairing.values.text import fold
from pairing.workbooks import refusals
from pairing.workbooks.sheets import Row, Sheet, is_blank

MOST_ROWS = 5000
HEADER_WITHIN = 20
NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[*:]")
NO_DATA = re.compile(r"(?:合计|总计|小计|共计|示例|样例):?")


@dataclass(frozen=True)
class TableRow:
    """One data row; a column that the sheet does not have is absent from *cells*."""

    number: int
    cells: dict[str, object]

    def get(self, column: str) -> object:
        """Give the cell of a column, "" if there is none."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Table:
    """The register part of a sheet."""

    sheet: str
    header_number: int
    columns: list[str]
    rows: list[TableRow]


def column_key(value: object) -> str:
    """Give the bare name of a column: "月人均收入(元)*" is 月人均收入."""
    return NOTE.sub("", fold(value))


def find_table(sheets: Iterable[Sheet], required: Iterable[str], optional: Iterable[str] = ()) -> Table:
    """Find the first sheet with a row naming all *required* columns; WorkbookRefused without one."""
    needed = list(required)
    names = {column_key(name): name for name in [*needed, *optional]}
    for sheet in sheets:
        for number, row in list(sheet.numbered())[:HEADER_WITHIN]:
            places = _places(row, names)
            if set(needed) <= places.keys():
                return _table(sheet, number, places)
    raise refusals.no_header(needed)


def has_table(sheets: Iterable[Sheet], required: Iterable[str]) -> bool:
    """Tell whether some sheet has a row naming all *required* columns."""
    try:
        find_table(sheets, required)
    except refusals.WorkbookRefused as refused:
        if refused.code != "no_header":
            raise
        return False
    return True


def _places(row: Row, names: dict[str, str]) -> dict[str, int]:
    """Map each known column name to its place; of two columns of one name the first counts."""
    places: dict[str, int] = {}
    for place, value in enumerate(row):
        name = names.get(column_key(value))
        if name is not None:
            places.setdefault(name, place)
    return places


def _table(sheet: Sheet, header_number: int, places: dict[str, int]) -> Table:
    rows = [
        TableRow(number, {name: row[place] for name, place in places.items()})
        for number, row in sheet.numbered()
        if number > header_number and not is_blank(row) and not _is_no_data(row)
    ]
    if len(rows) > MOST_ROWS:
        raise refusals.too_many_rows(MOST_ROWS)
    return Table(sheet.name, header_number, list(places), rows)


def _is_no_data(row: Row) -> bool:
    """Tell whether the first thing that stands in a row says that it is a total or a sample."""
    first = next((fold(value) for value in row if fold(value)), "")
    return NO_DATA.fullmatch(first) is not None

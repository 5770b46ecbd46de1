"""A look through the XML of a workbook before any parser builds a table of it.

A table is as large as its last row times its last column, whatever the file weighs, so these are
bounded beside the number of cells. No honest workbook declares a document type or an entity.
"""

import re
from xml.parsers import expat

from pairing.workbooks import refusals

MOST_CELLS = 200_000
LAST_ROW = 10_000
LAST_COLUMN = 100
MOST_AREA = 1_000_000
PIECE = 2**16
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
CONTENTS = {"v", "is", "f"}


class Scan:
    """Counts over all parts of one workbook."""

    def __init__(self) -> None:
        self.cells = 0
        self._area = 0
        self._row = self._column = 0
        self._height = self._width = 0

    def look_through(self, part: bytes) -> None:
        """Count the cells of one XML part; WorkbookRefused as soon as there are too many."""
        self._row = self._column = self._height = self._width = 0
        parser = expat.ParserCreate("utf-8", "}")  # as the standard asks, whatever the part declares
        parser.StartElementHandler = self._start
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            for start in range(0, len(part), PIECE):
                parser.Parse(part[start : start + PIECE])
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise refusals.damaged() from error
        self._area += self._height * self._width
        if self._area > MOST_AREA:
            raise refusals.too_many_cells(MOST_CELLS)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("}")[2]
        if tag == "c":
            self._cell(attributes.get("r"))
        elif tag == "row":
            number = attributes.get("r", "")
            self._row, self._column = int(number) if number.isdecimal() else self._row + 1, 0
        elif tag in CONTENTS and self._column:
            self._bound()

    def _cell(self, reference: str | None) -> None:
        self.cells += 1
        if self.cells > MOST_CELLS:
            raise refusals.too_many_cells(MOST_CELLS)
        match = REFERENCE.fullmatch(reference) if reference else None
        self._column = _column(match[1]) if match else self._column + 1
        self._row = int(match[2]) if match else self._row

    def _bound(self) -> None:
        """Bound the place of a cell that holds something; empty formatted cells may lie anywhere."""
        if self._row > LAST_ROW:
            raise refusals.too_many_rows(LAST_ROW)
        if self._column > LAST_COLUMN:
            raise refusals.too_many_columns(LAST_COLUMN)
        self._height, self._width = max(self._height, self._row), max(self._width, self._column)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _refuse_doctype(*_args: object) -> None:
    raise refusals.damaged()

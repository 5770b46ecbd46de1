"""What a workbook holds once it was read."""

from collections.abc import Iterator
from dataclasses import dataclass

from pairing.values.text import cell_text

Row = list[object]


@dataclass(frozen=True)
class Sheet:
    """One worksheet; ``rows[0]`` is row 1, values are text, numbers, dates or ""."""

    name: str
    rows: list[Row]

    def numbered(self) -> Iterator[tuple[int, Row]]:
        """Give each row with the number the workbook shows beside it."""
        return enumerate(self.rows, start=1)


def is_blank(row: Row) -> bool:
    """Tell whether a row holds nothing but blanks."""
    return not any(cell_text(value).strip() for value in row)

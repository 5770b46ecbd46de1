"""Writing a list as a text table that spreadsheets open: CSV with the mark of UTF-8; no cell is a formula."""

import csv
import io
from datetime import date, datetime

from pairing.values.text import cell_text
from pairing.workbooks.inert import inert
from pairing.workbooks.plans import SheetPlan

# Some spreadsheets part a line at these, also inside quotes: what follows would be a cell of its own.
PARTING = str.maketrans({";": ";", "\t": " ", "\r": " ", "\n": " ", "\v": " ", "\f": " ", "\0": " "})


def write_csv(plan: SheetPlan) -> bytes:
    """Write heads and rows of *plan*; its title is left out, so that the first line names the columns."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow([_cell(column.heading) for column in plan.columns])
    writer.writerows([_cell(value) for value in row] for row in plan.rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)  # a number below zero is no formula
    return inert(cell_text(value).translate(PARTING))

"""Reading a workbook into rows of plain values, numbered as the workbook shows them.

This process never parses what somebody sent: a child does, and answers with lines of JSON.
"""

from pairing.sandbox import ChildFailed, Failure, ask_child
from pairing.workbooks import refusals
from pairing.workbooks.lines import read_sheets
from pairing.workbooks.sheets import Sheet

CHILD = "pairing.workbooks.child"
FAILED = {
    Failure.SLOW: refusals.too_complex,
    Failure.LARGE: refusals.too_complex,
    Failure.CRASHED: refusals.damaged,
    Failure.BUSY: refusals.busy,
}


def read_workbook(data: bytes) -> list[Sheet]:
    """Read the worksheets of an .xlsx file, or raise WorkbookRefused.

    A formula counts as the value the workbook shows for it and is never evaluated; a text that
    looks like a formula is a text.
    """
    refusals.refuse_size(data)
    try:
        return read_sheets(ask_child(CHILD, data))
    except ChildFailed as failed:
        raise FAILED[failed.why]() from failed

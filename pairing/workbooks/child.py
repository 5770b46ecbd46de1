"""``python -m pairing.workbooks.child``: a workbook on stdin, its rows as lines of JSON on stdout."""

from collections.abc import Iterable

from pairing.sandbox import serve
from pairing.workbooks.lines import write_refusal, write_sheets
from pairing.workbooks.parsing import parse_workbook
from pairing.workbooks.refusals import WorkbookRefused

NAMES_IN_ZIPS = "cp437"  # Python loads this encoding when it first meets it, which a confined child cannot


def judge(data: bytes) -> Iterable[bytes]:
    """Read the workbook or refuse it."""
    try:
        return write_sheets(parse_workbook(data))
    except WorkbookRefused as refused:
        return write_refusal(refused)


if __name__ == "__main__":
    "".encode(NAMES_IN_ZIPS)
    serve(judge)

"""What the child says about a workbook: lines of JSON, which can hold nothing but plain values.

A line is the name of a sheet as text, or a row as a list; a date, which JSON does not know, is an
object of one pair. A refusal is one object: its code and its number.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from pairing.workbooks import refusals
from pairing.workbooks.sheets import Row, Sheet

REFUSED = "refused"
READERS: dict[str, Callable[[Any], object]] = {
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "time": time.fromisoformat,
    "seconds": lambda seconds: timedelta(seconds=seconds),
}
MISSHAPEN = (ValueError, TypeError, KeyError, OverflowError, RecursionError)


def write_sheets(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """Write the sheets line by line."""
    for sheet in sheets:
        yield _line(sheet.name)
        for row in sheet.rows:
            yield _line(row)


def write_refusal(refused: refusals.WorkbookRefused) -> Iterator[bytes]:
    """Write why the workbook cannot be read."""
    yield _line({REFUSED: [refused.code, refused.message.values.get("most")]})


def read_sheets(answer: bytes) -> list[Sheet]:
    """Read what the child wrote; WorkbookRefused if it says so, or if it says nothing that makes sense."""
    sheets: list[Sheet] = []
    try:
        for line in answer.splitlines():
            _take(json.loads(line, object_hook=_value), sheets)
    except refusals.WorkbookRefused:
        raise
    except MISSHAPEN as error:
        raise refusals.damaged() from error
    return sheets


def _take(said: object, sheets: list[Sheet]) -> None:
    if isinstance(said, str):
        sheets.append(Sheet(said, []))
    elif isinstance(said, list) and sheets and not any(isinstance(cell, list) for cell in said):
        sheets[-1].rows.append(said)
    else:
        raise refusals.damaged()


def _value(pair: dict[str, Any]) -> object:
    ((kind, value),) = pair.items()
    if kind == REFUSED:
        raise refusals.by_code(*value)
    return READERS[kind](value)


def _line(said: str | Row | dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, default=_pair).encode() + b"\n"


def _pair(value: object) -> dict[str, object]:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    if isinstance(value, timedelta):
        return {"seconds": value.total_seconds()}
    raise TypeError(type(value).__name__)

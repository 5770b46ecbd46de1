"""The tables, as Markdown that reads well on a terminal too."""

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any

RUN_SECONDS, RUN_MB, PAGE_MS, IMPORT_SECONDS = 5, 600, 150, 60  # what a district must not exceed
ROLES = ("worker", "street", "admin", "volunteer", "company", "auditor")
PHASES = ("read", "candidates", "solve", "write", "propose")

Row = dict[str, Any]


def seed_table(rows: Sequence[Row]) -> str:
    """Say how long it takes to fill the invented district."""
    head = ("engine", "tables s", "registers s", "two months of work s", "peak MB")
    names = ("tables", "registers", "rehearsal")
    return _table(head, ([row["engine"], *_seconds(row, names), f"{row['peak_mb']:.0f}"] for row in rows))


def import_table(rows: Sequence[Row]) -> str:
    """Say how long 100,000 sealed rows (40,000 files and their people) take on their way in."""
    head = (
        "engine",
        "households",
        "people",
        "upload s",
        "confirm s",
        "total s",
        "CPU s",
        "rows/s",
        "peak MB",
    )
    return _table(head, map(_import, rows))


def _import(row: Row) -> list[str]:
    is_over = row["total"] > IMPORT_SECONDS
    steps = _seconds(row, ("upload", "confirm", "total", "cpu"))
    counts = [f"{row[name]:,}" for name in ("rows", "people")]
    speed = f"{row['rows'] / row['total']:.0f}"
    return [row["engine"] + (" **over**" if is_over else ""), *counts, *steps, speed, f"{row['peak_mb']:.0f}"]


def listener_table(rows: Sequence[Row]) -> str:
    """Say what the trail costs a transaction that changes many rows."""
    head = ("engine", "rows", "with the trail s", "CPU s", "without s", "CPU s", "ratio of CPU")
    names = ("with", "with_cpu", "without", "without_cpu")
    return _table(
        head,
        ([row["engine"], str(row["rows"]), *_seconds(row, names), _ratio(row)] for row in rows),
    )


def _ratio(row: Row) -> str:
    return f"{row['with_cpu'] / row['without_cpu']:.2f}"


def trail_table(rows: Sequence[Row]) -> str:
    """Say what a page of a long trail costs."""
    head = ("the trail, narrowed to", "engine", "ms", "CPU ms", "statements")
    return _table(head, (_trail(row) for row in rows))


def _trail(row: Row) -> list[str]:
    return [row["page"], row["engine"], _ms(row["ms"]), f"{row['cpu_ms']:.0f}", str(row["statements"])]


def run_table(rows: Sequence[Row]) -> str:
    """Say how long runs take from the database to stored proposals, at their median."""
    head = (
        "run",
        "engine",
        "total s",
        "CPU s",
        *(f"{name} s" for name in PHASES),
        "peak MB",
        "proposals",
        "gap",
    )
    return _table(head, (_run(row) for row in rows))


def _run(row: Row) -> list[str]:
    is_over = row["total"] > RUN_SECONDS or row["peak_mb"] > RUN_MB
    return [
        row["kind"] + (" **over**" if is_over else ""),
        row["engine"],
        *_seconds(row, ("total", "cpu", *PHASES)),
        f"{row['peak_mb']:.0f}",
        str(row["written"]),
        f"{row['gap']:.1e}",
    ]


def _seconds(row: Row, names: Iterable[str]) -> list[str]:
    return [f"{row[name]:.2f}" for name in names]


def middle(rows: Sequence[Row]) -> Row:
    """Give the median of each figure of the same deed done several times."""
    return {
        name: median([row[name] for row in rows]) if _is_number(told) else told
        for name, told in rows[0].items()
    }


def _is_number(told: object) -> bool:
    return isinstance(told, int | float)


def page_table(rows: Sequence[Row]) -> str:
    """Say what each page costs: milliseconds by role, then the greatest of the other figures."""
    head = ("page", *ROLES, "CPU ms", "statements", "repeats", "KB")
    by_page: dict[str, list[Row]] = {}
    for row in rows:
        by_page.setdefault(row["page"], []).append(row)
    return _table(head, (_page(name, by_page[name]) for name in sorted(by_page)))


def _page(name: str, rows: Sequence[Row]) -> list[str]:
    by_role = {row["role"]: _ms(row["ms"]) for row in rows}
    most = [f"{max(row[figure] for row in rows):.0f}" for figure in ("cpu_ms", "statements", "repeats", "kb")]
    return [name, *(by_role.get(role, "") for role in ROLES), *most]


def _ms(told: float) -> str:
    return f"**{told:.0f}**" if told > PAGE_MS else f"{told:.0f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [list(head), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = ["-" * widths[0] if at == 0 else "-" * (width - 1) + ":" for at, width in enumerate(widths)]
    return "\n".join(_line(cells, widths) for cells in (lines[0], rule, *lines[1:]))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return (
        "| " + " | ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]) + " |"
    )

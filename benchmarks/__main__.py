"""Measure a district on both engines, print the tables and write them to ``RESULTS.md``.

Usage: ``python -m benchmarks [--engine sqlite|postgresql] [--dry]``; ``--dry`` writes no file.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import strftime
from typing import Any

from benchmarks import machine, report
from benchmarks.engines import ENGINES, Engine

RESULTS = Path(__file__).with_name("RESULTS.md")
ROUNDS = 3  # runs of each kind, each in a fresh process on a fresh copy
INTRODUCTION = f"""# What a district takes

Measured by `make bench`: 3,031 households, 3,000 volunteers and 60 companies, all invented.

A run goes from the database to stored proposals, within {report.RUN_SECONDS} s and {report.RUN_MB} MB:
the median of {ROUNDS}, each in a fresh process on a fresh copy, imports counted in the memory. Its
propose phase ends with the commit. The gap is how far the value may still be from the best, as a
share of it, which its prices prove.

A page is fetched through the app, within {report.PAGE_MS} ms, after two months of work in the
database: the median of 7 after a warm-up, in milliseconds on the wall by role; then the most CPU
time, statements, repeats of one statement, and size. What exceeds its budget is bold. PostgreSQL runs
on the same machine and does not wait for the disk; CPU is that of the app alone. Other work on the
machine lengthens what the wall shows.

100,000 sealed rows, 40,000 households and 60,000 people, come in workbooks within
{report.IMPORT_SECONDS} s: read in a child process and judged at the upload, read, judged and written at
the confirmation, with telephone, address, remark and identity numbers sealed and every row in the
trail. The trail is told of 5,000 changed
rows in one transaction, and its pages are turned at a million entries.
"""


def main() -> None:
    """Measure every engine that is there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--dry", action="store_true", help="write no file")
    told = parser.parse_args()
    head = f"{INTRODUCTION}\n{strftime('%Y-%m-%d')}, {machine.describe()}; "
    head += f"{os.getloadavg()[0]:.1f} processes were busy at the start.\n\n"
    results: list[dict[str, Any]] = []
    for name in told.engine or machine.engines():
        results.append(_measured(name))
        if not told.dry:  # after each engine, so that nothing is lost when the next one fails
            RESULTS.write_text(head + _tables(results), encoding="utf-8")
    print(head + _tables(results))


def _measured(name: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="pairing-bench-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL's own user must be able to pass
        with _running(name, Path(folder)) as engine:
            return _measure(engine)


@contextmanager
def _running(name: str, folder: Path) -> Iterator[Engine]:
    engine = Engine(name, folder)
    try:
        yield engine
    finally:
        engine.stop()


def _measure(engine: Engine) -> dict[str, Any]:
    engine.create("district")
    seeded = _child(engine, "seed", "district")
    rounds: dict[str, list[dict[str, Any]]] = {"people": [], "money": []}
    for number in range(ROUNDS):
        engine.copy("district", f"round{number}")
        for kind, done in rounds.items():
            done.append(_child(engine, kind, f"round{number}"))
    runs = [{"kind": kind, "engine": engine.name, **report.middle(done)} for kind, done in rounds.items()]
    played = _child(engine, "rehearse", "district")
    peak = max(seeded["peak_mb"], played["peak_mb"])
    seed = {**seeded, **played, "engine": engine.name, "peak_mb": peak}
    pages = _child(engine, "pages", "district")["pages"]
    return {"engine": engine.name, "seed": seed, "runs": runs, "pages": pages, **_measure_much(engine)}


def _measure_much(engine: Engine) -> dict[str, Any]:
    """Bring a hundred thousand rows in, change thousands, read a trail of a million."""
    engine.create("books")
    _child(engine, "staff", "books")
    imported = {"engine": engine.name, **_child(engine, "import", "books")}
    engine.copy("district", "changes")
    listener = {"engine": engine.name, **_child(engine, "listener", "changes")}
    trail = [{"engine": engine.name, **page} for page in _child(engine, "trail", "district")["pages"]]
    return {"import": imported, "listener": listener, "trail": trail}


def _child(engine: Engine, deed: str, database: str) -> dict[str, Any]:
    """Do one deed in a fresh process; its figures are the last line it prints."""
    print(f"{engine.name}: {deed} ...", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "benchmarks.child", deed]
    told = json.dumps(engine.settings(database))
    done = subprocess.run(command, input=told, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{deed} on {engine.name} failed:\n{done.stderr}")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _tables(results: Sequence[dict[str, Any]]) -> str:
    parts = [
        "## Runs of the matching",
        report.run_table([run for result in results for run in result["runs"]]),
        "## Filling the demo",
        report.seed_table([result["seed"] for result in results]),
    ]
    parts += [
        "## 100,000 sealed rows in 8 workbooks",
        report.import_table([row["import"] for row in results]),
    ]
    parts += ["## What the trail costs", report.listener_table([row["listener"] for row in results])]
    parts += [
        "## A trail of a million",
        report.trail_table([page for row in results for page in row["trail"]]),
    ]
    for result in results:
        parts += [f"## Pages on {result['engine']}", report.page_table(result["pages"])]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    main()

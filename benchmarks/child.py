"""One measured deed in a process of its own: settings as JSON on stdin, figures as JSON on stdout.

A fresh process, so that its peak of memory is that of the deed (and of the imports it needs).
"""

import json
import resource
import sys
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any

from flask import Flask

from benchmarks import scratch
from pairing import clock
from pairing.db import transaction


def main() -> None:
    """Do the deed named on the command line and print what it took."""
    app = scratch.open_app(json.load(sys.stdin))
    with app.app_context():
        figures = DEEDS[sys.argv[1]](app)
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(figures))


def _timed(deed: Callable[[], Any]) -> float:
    begin = perf_counter()
    deed()
    return perf_counter() - begin


def _seed(_app: Flask) -> dict[str, Any]:
    tables, registers = _timed(scratch.make_tables), _timed(scratch.fill)
    scratch.analyse()
    return {"tables": tables, "registers": registers}


def _rehearse(_app: Flask) -> dict[str, Any]:
    seconds = _timed(scratch.rehearse)
    scratch.analyse()
    return {"rehearsal": seconds}


def _run(kind: str) -> dict[str, Any]:
    """Measure a whole run, from the database to stored proposals."""
    from pairing.matching import services
    from pairing.matching.models import MatchingRun
    from pairing.matching.rules.weights import Weights

    admin = scratch.find_user("admin")
    preview = getattr(services, f"preview_{kind}")
    begin, cpu = perf_counter(), process_time()
    with transaction() as session:
        run_id = preview(session, "370202", Weights(), admin, clock.now()).id
    previewed = perf_counter()
    with transaction() as session:
        run = session.get_one(MatchingRun, run_id)
        written, skipped = services.propose(session, run, admin, clock.now())
        summary = dict(run.summary)
    end = perf_counter()
    figures = {"total": end - begin, "cpu": process_time() - cpu, "written": written, "skipped": skipped}
    steps = {**summary.pop("seconds"), "preview": previewed - begin, "propose": end - previewed}
    return {**figures, **steps, "gap": _gap(summary)}


def _gap(summary: dict[str, Any]) -> float:
    """Give how far the value may be from the best, as a share of it."""
    missing = summary["gap"] if "gap" in summary else summary["resolution"] * summary["places"]
    return float(missing / abs(summary["value"]))


def _pages(app: Flask) -> dict[str, Any]:
    from benchmarks.pages import measure_pages

    return {"pages": measure_pages(app)}


def _staff(_app: Flask) -> dict[str, Any]:
    from benchmarks.books import make_staff

    scratch.make_tables()
    make_staff()
    return {}


def _import(_app: Flask) -> dict[str, Any]:
    from benchmarks.books import import_books

    return import_books()


def _trail(app: Flask) -> dict[str, Any]:
    from benchmarks.trail import measure_trail

    return {"pages": measure_trail(app)}


def _listener(_app: Flask) -> dict[str, Any]:
    from benchmarks.trail import measure_listener

    return dict(measure_listener())


DEEDS: dict[str, Callable[[Flask], dict[str, Any]]] = {
    "seed": _seed,
    "people": lambda _app: _run("people"),
    "money": lambda _app: _run("money"),
    "rehearse": _rehearse,
    "pages": _pages,
    "staff": _staff,
    "import": _import,
    "trail": _trail,
    "listener": _listener,
}

if __name__ == "__main__":
    main()

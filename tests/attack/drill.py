"""``python -m tests.attack.drill [--record] [WORD ...]``: plant faults one by one, see a test turn red.

It works in a copy of the tree. Words narrow the faults to those whose names hold one of them;
``--record`` writes the result of all of them into docs/security.md. Ends with 1 if one was missed.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from pairing import clock
from tests.attack.faults import FAULTS, Fault
from tests.support.leash import LEASH

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "security.md"
MARKS = ("<!-- drill -->", "<!-- end of drill -->")
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "instance", "__pycache__", ".*_cache", "*.sqlite*")
PATIENCE_S = int(os.environ.get("PAIRING_DRILL_S", "600"))  # for the tests of one fault
PASSED, FAILED = 0, 1  # what pytest ends with; all else means that the tests did not run
QUIET = ("-q", "--tb=no", "-p", "no:cacheprovider")


class Outcome(NamedTuple):
    """What became of a fault: *red* is the test that saw it, "" if none did."""

    fault: Fault
    red: str


def main(arguments: list[str]) -> int:
    """Try the faults; return what the process ends with."""
    words = [word for word in arguments if word != "--record"]
    chosen = [fault for fault in FAULTS if not words or any(word in fault.name for word in words)]
    with tempfile.TemporaryDirectory(prefix="pairing-drill-") as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
        (tree / ".venv").symlink_to(ROOT / ".venv")
        if not _are_green(tree, chosen):
            return 1
        outcomes = [Outcome(fault, _try(tree, fault)) for fault in chosen]
    told = table(outcomes)
    say(f"\n{told}")
    if "--record" in arguments and not words:
        PAGE.write_text(recorded(PAGE.read_text(encoding="utf-8"), told), encoding="utf-8")
    return 0 if all(outcome.red for outcome in outcomes) else 1


def table(outcomes: list[Outcome]) -> str:
    """Return the outcomes as Markdown; a test is named without its parameters."""
    caught = sum(bool(outcome.red) for outcome in outcomes)
    lines = [f"{caught} of {len(outcomes)} faults were caught ({clock.today()}).", ""]
    lines += ["| fault | file | test that turned red |", "|---|---|---|"]
    for fault, red in outcomes:
        test = f"`{red.split('[')[0]}`" if red else "none"
        lines.append(f"| {fault.name} | `{fault.file}` | {test} |")
    return "\n".join(lines)


def recorded(text: str, told: str) -> str:
    """Return the page *text* with *told* between its marks."""
    first, last = MARKS
    found = re.compile(f"{re.escape(first)}.*?{re.escape(last)}", re.DOTALL)
    return found.sub(lambda _found: f"{first}\n{told}\n{last}", text, count=1)


def _are_green(tree: Path, chosen: list[Fault]) -> bool:
    """Whether every test that is to turn red is green before: else its red would prove nothing."""
    for only in sorted({fault.only for fault in chosen}):
        tests = sorted({fault.test for fault in chosen if fault.only == only})
        began = time.monotonic()
        code, red = _run(tree, tests, only, PATIENCE_S + 60 * len(tests))
        say(f"green before any fault, -k {only!r}: {code == PASSED} ({time.monotonic() - began:.0f} s) {red}")
        if code != PASSED:
            return False
    return True


def _try(tree: Path, fault: Fault) -> str:
    """Plant a fault and take it out again; return the test that turned red, or ""."""
    file, began = tree / fault.file, time.monotonic()
    text = file.read_text(encoding="utf-8")
    if text.count(fault.old) != 1:
        say(f"STALE   {fault.name}: {fault.file} does not hold the line once")
        return ""
    file.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
    try:
        code, red = _run(tree, [fault.test], fault.only, PATIENCE_S, "-x")
    finally:
        file.write_text(text, encoding="utf-8")
    verdict = "caught" if code == FAILED and red else "MISSED" if code == PASSED else f"BROKEN {code}"
    say(f"{verdict:7} {fault.name} ({time.monotonic() - began:.0f} s): {red or fault.test}")
    return red if verdict == "caught" else ""


def _run(tree: Path, tests: list[str], only: str, patience_s: int, *options: str) -> tuple[int | str, str]:
    """Run *tests*; return how pytest ended and the first test that failed, not one whose set-up broke."""
    chosen = ["-k", only] if only else []
    command = [*LEASH, sys.executable, "-m", "pytest", *QUIET, *options, *chosen, *tests]
    fresh = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}  # old byte code would hide a fault of equal length
    try:
        done = subprocess.run(
            command, cwd=tree, env=fresh, capture_output=True, text=True, timeout=patience_s, check=False
        )
    except subprocess.TimeoutExpired:
        return "slow", ""
    red = [
        line.split(" - ")[0].split(maxsplit=1)[1] for line in done.stdout.splitlines() if line[:6] == "FAILED"
    ]
    return done.returncode, red[0] if red else ""


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

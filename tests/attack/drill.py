"""``python -m tests.attack.drill [WORD ...]``: plant one fault at a time in a copy and see a test turn red.

Words narrow the faults to those whose names hold one of them. Ends with 1 if a fault was missed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.attack.faults import FAULTS, Fault

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "instance", "__pycache__", ".*_cache", "*.sqlite*")
PATIENCE_S = int(os.environ.get("PAIRING_DRILL_S", "600"))  # for the tests of one fault
PASSED, FAILED = 0, 1  # what pytest ends with; all else means that the tests did not run


def main(words: list[str]) -> int:
    """Try the faults; return what the process ends with."""
    chosen = [fault for fault in FAULTS if not words or any(word in fault.name for word in words)]
    with tempfile.TemporaryDirectory(prefix="pairing-drill-") as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
        (tree / ".venv").symlink_to(ROOT / ".venv")
        missed = [fault.name for fault in chosen if not _is_caught(tree, fault)]
    say(f"{len(chosen) - len(missed)} of {len(chosen)} faults were caught")
    return 1 if missed else 0


def _is_caught(tree: Path, fault: Fault) -> bool:
    file, began = tree / fault.file, time.monotonic()
    text = file.read_text(encoding="utf-8")
    if text.count(fault.old) != 1:
        say(f"STALE   {fault.name}: {fault.file} does not hold the line once")
        return False
    file.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
    try:
        verdict, test = _run(tree, fault.tests)
    finally:
        file.write_text(text, encoding="utf-8")
    say(f"{verdict:7} {fault.name} ({time.monotonic() - began:.0f} s): {test}")
    return verdict == "caught"


def _run(tree: Path, tests: tuple[str, ...]) -> tuple[str, str]:
    """Return the verdict, and the test that turned red."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "-p", "no:cacheprovider", *tests]
    quiet = os.environ | {
        "PYTHONDONTWRITEBYTECODE": "1"
    }  # an old byte code would hide a fault of the same length
    try:
        done = subprocess.run(
            command, cwd=tree, env=quiet, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired:
        return "TIMEOUT", " ".join(tests)
    red = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    if done.returncode == FAILED and red:
        return "caught", red[0].split(" - ")[0].partition(" ")[2]
    return ("MISSED" if done.returncode == PASSED else "BROKEN"), " ".join(tests)


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

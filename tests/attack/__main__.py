"""``python -m tests.attack [PYTEST OPTION ...]``: every attack at full size, on this machine only, for hours.

Figures that stand in the environment already are kept: ``PAIRING_ATTACK_KILLS=30 make attack``.
"""

import os
import subprocess
import sys

from tests.house.form_world import PAGES
from tests.support.databases import ENGINES
from tests.support.leash import LEASH

INPUTS = 50_000  # forms filled in by somebody who means harm, on all pages and engines together
FIGURES = {
    "PAIRING_ATTACK_STEPS": 10,  # times 10,000 deeds on SQLite and 1,000 on PostgreSQL
    "PAIRING_ATTACK_ROUNDS": 200,
    "PAIRING_ATTACK_KILLS": 300,
    "PAIRING_ATTACK_WRITES": 10_000,
    "PAIRING_ATTACK_RESTARTS": 50,
    "PAIRING_ATTACK_HOUSEHOLDS": 100_000,
    "PAIRING_FUZZ_EXAMPLES": -(-INPUTS // (len(PAGES) * len(ENGINES))),  # rounded up
    "PAIRING_SPOILT_WORKBOOKS": 5_000,
}
TESTS = (
    "tests/attack",
    "tests/attack/campaigns.py",
    "tests/house/test_hostile_forms.py",
    "tests/workbooks/test_spoilt.py",
)


def main(options: list[str]) -> int:
    """Run the attacks with their output on the screen; return what pytest ended with."""
    figures = {name: os.environ.get(name, str(figure)) for name, figure in FIGURES.items()}
    sys.stdout.write("".join(f"{name}={figure}\n" for name, figure in figures.items()))
    sys.stdout.flush()
    command = [*LEASH, sys.executable, "-m", "pytest", "-s", "-v", "-p", "no:cacheprovider", *TESTS, *options]
    return subprocess.run(command, env=os.environ | figures, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

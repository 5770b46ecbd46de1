"""The import contracts hold, and each of them sees a planted import."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT

LINTER = Path(sys.executable).with_name("lint-imports")
PLANTED = [
    ("pairing/areas/queries.py", "pairing.households.models", "A feature imports only what stands below it"),
    (
        "pairing/households/models.py",
        "pairing.volunteers.models",
        "A feature imports only what stands below it",
    ),
    ("pairing/areas/models.py", "pairing.areas.services", "Inside a feature"),
    ("pairing/areas/services.py", "flask", "Services, queries, models and rules do not know the web"),
    ("pairing/audit/models.py", "flask_babel", "Services, queries, models and rules do not know the web"),
    (
        "pairing/areas/rules.py",
        "sqlalchemy",
        "The solver and the rules know neither the web nor the database",
    ),
    ("pairing/solver/people.py", "flask", "The solver and the rules know neither the web nor the database"),
]


def lint(folder):
    """Return the exit status and what the linter says, not wrapped."""
    done = subprocess.run(
        [LINTER, "--no-cache"],
        cwd=folder,
        env=os.environ | {"COLUMNS": "300"},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def report_on_planted(tmp_path_factory):
    """Lint a copy of the package in which every planted import stands."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(PACKAGE, folder / "pairing", ignore=shutil.ignore_patterns("__pycache__"))
    for path, module, _contract in PLANTED:
        with (folder / path).open("a", encoding="utf-8") as file:
            file.write(f"\nimport {module}\n")
    status, report = lint(folder)
    assert status == 1
    return report


def test_the_contracts_hold():
    status, report = lint(ROOT)

    assert status == 0, report


@pytest.mark.parametrize(("path", "module", "contract"), PLANTED)
def test_a_planted_import_is_seen(report_on_planted, path, module, contract):
    importer = path.removesuffix(".py").replace("/", ".")
    broken = report_on_planted.partition("Broken contracts")[2]
    lines = broken.splitlines()
    heading = next(number for number, line in enumerate(lines) if line.startswith(contract))

    assert any(f"{importer} -> {module}" in line for line in lines[heading:])

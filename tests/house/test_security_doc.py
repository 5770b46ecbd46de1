"""docs/security.md says what the code does."""

import re

from tests.house import security_tables
from tests.house.tree import ROOT


def test_the_tables_are_those_of_the_code():
    text = security_tables.PAGE.read_text(encoding="utf-8")

    assert security_tables.renewed(text) == text


def test_every_table_has_a_line_for_each_permission_and_endpoint():
    assert security_tables.rights().count("\n") == 1 + len(security_tables.Permission)
    assert security_tables.endpoints().count("\n") == 1 + len(security_tables.TABLE)


def test_every_test_that_is_named_as_evidence_is_there():
    named = set()
    for page in ("docs/security.md", "docs/asvs.md"):
        named |= set(
            re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (ROOT / page).read_text(encoding="utf-8"))
        )

    missing = {(path, name) for path, name in named if not _is_there(path, name)}

    assert len(named) > 50
    assert missing == set()


def _is_there(path: str, name: str) -> bool:
    file = ROOT / path
    return file.exists() and (not name or f"def {name}(" in file.read_text(encoding="utf-8"))

"""The three workbooks of one subdistrict, as their office keeps them, against their key."""

import json
from pathlib import Path

import pytest

ROSTERS = Path(__file__).resolve().parents[2].parent / "shared" / "rosters"
KEY = ROSTERS / "expected.json"
pytestmark = pytest.mark.skipif(not KEY.exists(), reason="the rosters are not beside this checkout")


def import_json(app, kind):
    result = app.test_cli_runner().invoke(args=["import", kind, str(ROSTERS / f"{kind}.xlsx"), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("kind", ["households", "volunteers", "enterprises"])
def test_exactly_the_rows_of_the_key_are_refused(live_app, kind):
    expected = json.loads(KEY.read_text(encoding="utf-8"))["files"][f"{kind}.xlsx"]

    outcome = import_json(live_app, kind)

    assert {name: outcome[name] for name in expected} == expected


@pytest.mark.parametrize("kind", ["households", "volunteers", "enterprises"])
def test_the_same_file_twice_adds_nothing(live_app, kind):
    first = import_json(live_app, kind)

    second = import_json(live_app, kind)

    assert second["accepted"] == 0
    assert second["rejected"] == first["rejected"]

"""The faults of the drill fit the code as it is; `make drill` plants them."""

from tests.attack.drill import MARKS, PAGE, ROOT, Outcome, recorded, table
from tests.attack.faults import FAULTS


def test_every_fault_names_a_line_that_is_there_once():
    stale = [f.name for f in FAULTS if (ROOT / f.file).read_text(encoding="utf-8").count(f.old) != 1]

    assert stale == []


def test_every_fault_names_a_test_that_is_there():
    named = [fault.test.partition("::") for fault in FAULTS]

    lost = [
        name for path, _, name in named if name and f"def {name}(" not in (ROOT / path).read_text("utf-8")
    ]

    assert lost == []
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 24


def test_the_table_tells_what_was_missed_and_replaces_the_one_before():
    told = table([Outcome(FAULTS[0], "tests/x.py::test_y[sqlite]"), Outcome(FAULTS[1], "")])
    page = recorded(f"before\n{MARKS[0]}\nold\n{MARKS[1]}\nafter\n", told)

    assert told.startswith("1 of 2 faults were caught")
    assert f"| {FAULTS[0].name} | `{FAULTS[0].file}` | `tests/x.py::test_y` |" in page
    assert f"| {FAULTS[1].name} | `{FAULTS[1].file}` | none |" in page
    assert "old" not in page
    assert PAGE.read_text(encoding="utf-8").count(MARKS[0]) == 1

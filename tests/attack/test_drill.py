"""The faults of the drill fit the code as it is; `make attack` plants them."""

from tests.attack.drill import ROOT
from tests.attack.faults import FAULTS


def test_every_fault_names_a_line_that_is_there_once():
    stale = [f.name for f in FAULTS if (ROOT / f.file).read_text(encoding="utf-8").count(f.old) != 1]

    assert stale == []


def test_every_fault_names_tests_that_are_there():
    lost = [test for fault in FAULTS for test in fault.tests if not (ROOT / test.partition("::")[0]).exists()]

    assert lost == []
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 24

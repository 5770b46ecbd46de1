"""The house rules on Python hold, and each of them sees a planted violation."""

import pytest

from tests.house import python_rules as rules
from tests.house.tree import PACKAGE, ROOT, python_files

EXEMPT = {
    rules.commits: {"pairing/db.py"},
    rules.clock_readings: {"pairing/clock.py"},
}
PLANTED = [
    (rules.commits, "def act(session):\n    session.commit()\n"),
    (rules.commits, "db.session.commit()\n"),
    (rules.clock_readings, "from datetime import datetime\nx = datetime.now()\n"),
    (rules.clock_readings, "import datetime\nx = datetime.datetime.now(datetime.UTC)\n"),
    (rules.clock_readings, "import datetime\nx = datetime.datetime.utcnow()\n"),
    (rules.clock_readings, "from datetime import date\nx = date.today()\n"),
    (rules.clock_readings, "import time\nx = time.time()\n"),
    (rules.backrefs, "x = relationship('Household', backref='pairings')\n"),
    (rules.too_long, "\n" * 301),
    (rules.long_views, "@bp.get('/')\ndef show():\n" + "    x = 1\n" * 16),
]
INNOCENT = [
    (rules.commits, "commit = 3\nconfirm(session)\n"),
    (rules.clock_readings, "from pairing import clock\nx = clock.now() + clock.today()\n"),
    (rules.too_long, "\n" * 300),
    (rules.long_views, "@bp.get('/')\ndef show():\n    '''Say.'''\n" + "    x = 1\n" * 15),
]


@pytest.mark.parametrize("rule", dict(PLANTED), ids=lambda rule: rule.__name__)
def test_the_package_keeps_the_rule(rule):
    files = {str(path.relative_to(ROOT)): path for path in python_files()}

    broken = {
        name: rule(path.read_text("utf-8"))
        for name, path in files.items()
        if name not in EXEMPT.get(rule, ())
    }

    assert {name: lines for name, lines in broken.items() if lines} == {}


@pytest.mark.parametrize(("rule", "source"), PLANTED)
def test_a_planted_violation_is_seen(rule, source):
    assert rule(source)


@pytest.mark.parametrize(("rule", "source"), INNOCENT)
def test_innocent_source_passes(rule, source):
    assert rule(source) == []


def test_tests_are_short_enough_too():
    long = {str(path): rules.too_long(path.read_text("utf-8")) for path in python_files(ROOT / "tests")}

    assert {name: lines for name, lines in long.items() if lines} == {}


FEATURES = sorted(
    {path.parent for path in PACKAGE.glob("*/models.py")}
    | {path.parent for path in PACKAGE.glob("*/views.py")}
)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda path: path.name)
def test_a_feature_has_only_files_of_the_closed_list(feature):
    assert rules.strange_names(feature) == []


def test_a_drawer_in_a_feature_is_seen(tmp_path):
    (tmp_path / "common").mkdir()
    for name in ("models.py", "utils.py", "common/dates.py"):
        (tmp_path / name).touch()

    assert rules.strange_names(tmp_path) == ["common", "utils"]

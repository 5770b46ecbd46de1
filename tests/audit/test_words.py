"""Every deed that is written into the trail can be said in words."""

import ast
from importlib import import_module
from pathlib import Path

from pairing.audit.rules import ACTIONS, FILES, REASONS, SUBJECTS, TABLES, TECHNICAL
from pairing.db import Base
from pairing.throttle.rules import LIMITS

PACKAGE = Path(__file__).resolve().parents[2] / "pairing"


def actions_in(source):
    """Return the literal actions of record(session, by, "action", …) and record_many(…)."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    recorded = [
        c for c in calls if getattr(c.func, "id", "") in ("record", "record_many") and len(c.args) > 2
    ]
    return {
        leaf.value
        for call in recorded
        for leaf in ast.walk(call.args[2])
        if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str) and leaf.value[0] != "_"
    }


def test_the_search_finds_an_action():
    assert actions_in('record(session, by, "sell_house" if x else "buy_house", row, now)') == {
        "sell_house",
        "buy_house",
    }


def test_every_recorded_action_has_words():
    found = set().union(*(actions_in(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")))

    assert len(found) > 20
    assert found - ACTIONS.keys() == set()


def test_every_table_and_every_reason_of_a_refusal_has_words():
    for path in PACKAGE.rglob("models.py"):
        import_module(".".join(("pairing", *path.relative_to(PACKAGE).with_suffix("").parts)))
    told = Base.metadata.tables.keys() - TECHNICAL.keys()

    assert len(told) > 20
    assert told - TABLES.keys() == set()
    mappers = {mapper.class_.__tablename__: mapper.class_.__name__ for mapper in Base.registry.mappers}
    assert {mappers[table] for table in told - FILES.keys()} - SUBJECTS.keys() == set()
    assert {"scope", "permission", "infected", *LIMITS} - REASONS.keys() == set()

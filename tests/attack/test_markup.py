"""Whatever stands in the registers, no page and no list lets it act."""

import pytest
import time_machine
from sqlalchemy import Enum

from pairing.db import Base
from tests.house.form_world import PAGES, FormWorld
from tests.support import makers

MARKUP = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>"
LIVE = ("<img src=x", "<script>alert")
WORDS = {  # columns that hold what somebody typed
    "address", "body", "cancel_note", "contact_name", "decline_note", "display_name", "end_note",
    "file_name", "head_name", "language_wish", "languages", "name", "note", "party_branch", "purpose",
    "relation", "subject", "words",
}  # fmt: skip
LISTS = (
    "/home", "/households", "/volunteers", "/enterprises", "/pairings", "/visits", "/review",
    "/review/grants", "/matching", "/accounts", "/inbox", "/rosters", "/subject-requests", "/exports",
)  # fmt: skip


def fill_with_markup(session):
    """Write markup into every such column of every row."""
    session.commit()
    for mapper in Base.registry.mappers:
        columns = [name for name in WORDS & set(mapper.columns.keys()) if not _is_coded(mapper, name)]
        for row in session.query(mapper.class_):
            for name in columns:
                longest = getattr(mapper.columns[name].type, "length", None)
                setattr(row, name, MARKUP[:longest] if isinstance(longest, int) else MARKUP)
    session.flush()


def _is_coded(mapper, name):
    return isinstance(mapper.columns[name].type, Enum)


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_markup_in_the_registers_is_shown_and_does_not_act(app, session):
    with time_machine.travel(makers.NOW, tick=False):
        world = FormWorld(app)
        fill_with_markup(session)
        pages = [(who, path) for who, path in PAGES if who in world.people]
        answers = [world.visit(*page).answer.text for page in [*pages, *(("staff", path) for path in LISTS)]]

    shown = [text for text in answers if "&lt;img src=x" in text]
    assert [mark for text in answers for mark in LIVE if mark in text] == []
    assert len(shown) > len(answers) / 2

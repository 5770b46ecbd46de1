"""A long list asks the database as often as a short one."""

import pytest
from sqlalchemy import event

from pairing.db import db
from pairing.matching.models import GrantStatus, ProposalStatus
from tests.support.makers import NOW, make_grant, make_pairing, make_proposal, make_staff

READY = {"status": ProposalStatus.ACCEPTED, "answered_at": NOW, "consent_at": NOW, "consent_how": "phone"}
LISTS = {
    "/review?tab=ready": lambda: make_proposal(**READY),
    "/review/grants?tab=ready": lambda: make_grant(status=GrantStatus.AGREED),
    "/pairings": make_pairing,
}


def count_statements(reader, path):
    """Return how many statements the page at *path* reads with."""
    seen = []

    def note(_connection, _cursor, words, *_others):
        seen.append(words)

    engine = db.engines[None].engine
    event.listen(engine, "before_cursor_execute", note)
    reader.get(path)
    event.remove(engine, "before_cursor_execute", note)
    return len([words for words in seen if words.startswith("SELECT")])


@pytest.mark.parametrize("path", LISTS)
def test_more_rows_take_no_more_statements(reader, session, path):
    reader.sign_in(make_staff())
    LISTS[path]()
    few = count_statements(reader, path)

    for _ in range(6):
        LISTS[path]()

    assert count_statements(reader, path) == few > 0

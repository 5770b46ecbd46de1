"""Counting statements."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event


@pytest.fixture
def statements(session):
    """Return a context that gathers the statements that reach the database."""

    @contextmanager
    def gather():
        seen, connection = [], session.connection()

        def note(_connection, _cursor, statement, *_rest):
            seen.append(statement)

        event.listen(connection, "before_cursor_execute", note)
        yield seen
        event.remove(connection, "before_cursor_execute", note)

    return gather

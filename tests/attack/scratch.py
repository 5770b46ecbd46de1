"""A database in which nothing stays: all deeds of one trial stand in a transaction that is taken back."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from pairing.db import WRITES, db


@contextmanager
def taken_back(app: Flask) -> Iterator[None]:
    """Work inside one outer transaction; every `transaction()` in it is a savepoint, all of it is undone."""
    with app.app_context():
        engine = db.engine
        with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin() as outer:
            db.engines[None] = connection
            try:
                yield
            finally:
                db.session.remove()
                db.engines[None] = engine
                outer.rollback()

"""Fixtures for every test: both engines, a session that is rolled back, readers of pages."""

import os
import shutil
import tempfile

import pytest

from pairing.db import WRITES, db
from tests.support import cluster, databases
from tests.support.reader import Reader

db.session.session_factory.configure(join_transaction_mode="create_savepoint")


def pytest_addoption(parser):
    """Let ``make screenshots`` say where its pictures go."""
    parser.addoption(
        "--pictures", help="folder in which `keep_picture` of the browser tests keeps its pictures"
    )


def pytest_configure(config):
    """Make the folder of this run; the workers of pytest-xdist inherit it."""
    if not hasattr(config, "workerinput"):
        os.environ[databases.FOLDER] = tempfile.mkdtemp(prefix="pairing-tests-")
        databases.folder().chmod(0o755)  # PostgreSQL's own user must be able to pass


def pytest_unconfigure(config):
    """Stop the server and throw everything away."""
    if not hasattr(config, "workerinput"):
        cluster.stop(databases.folder())
        shutil.rmtree(databases.folder())


@pytest.fixture(params=databases.ENGINES)
def engine_name(request):
    """Run the test once on SQLite and once on PostgreSQL."""
    return request.param


@pytest.fixture(scope="session")
def app_on():
    """Return a function giving the app on an engine; a worker builds each once, on a database of its own."""
    built = {}

    def build(name):
        if name not in built:
            built[name] = databases.build_app(databases.fresh_database(name))
        return built[name]

    yield build
    for app in built.values():
        databases.close(app)


@pytest.fixture
def app(app_on, engine_name):
    """Give the app; its database holds only areas, and `session` and `reader` leave it so."""
    return app_on(engine_name)


@pytest.fixture
def session(app):
    """Open the database in one transaction that ends with the test; a commit inside it is a savepoint."""
    with app.app_context():
        engine = db.engine
        with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin() as outer:
            db.engines[None] = connection
            yield db.session()
            db.session.remove()
            db.engines[None] = engine
            outer.rollback()


@pytest.fixture
def new_reader(app, session):
    """Return a function that brings another person to the site, signed in when a user is given."""

    def arrive(user=None):
        reader = Reader(app)
        return reader.sign_in(user) if user else reader

    return arrive


@pytest.fixture
def reader(new_reader):
    """Bring a person to the site, not signed in yet."""
    return new_reader()


@pytest.fixture
def live_app(engine_name):
    """Give the app on a fresh database where commits are real, for threads that race."""
    app = databases.build_app(databases.fresh_database(engine_name))
    yield app
    databases.close(app)

"""Databases made by the real migrations, with the areas in them: made once a run, then copied."""

import os
import shutil
import uuid
from pathlib import Path

import flask_migrate
import psycopg
from flask import Flask

from pairing.areas.services import SHIPPED, import_areas
from pairing.db import db, transaction
from pairing.settings import Settings
from tests.support import cluster

ENGINES = ("sqlite", "postgresql")
FOLDER = "PAIRING_TESTS_FOLDER"  # made by the first pytest process, inherited by its workers
TEMPLATE = "pairing_template"
ELSEWHERE = Path(__file__).with_name("areas_elsewhere.csv")  # a little of the district next door


def folder() -> Path:
    """Return the folder of this test run."""
    return Path(os.environ[FOLDER])


def settings_for(url: str) -> Settings:
    """Return the settings of an app under test, all of them sound but the lack of https."""
    return Settings(
        secret_key="a secret of the tests, long enough",
        database_url=url,
        field_keys={"test": bytes(range(32))},
        index_key=bytes(range(32, 64)),
        https=False,
        demo=True,
        site_url="http://localhost",
    )


def build_app(url: str) -> Flask:
    """Build the app on the database at *url*; an unexpected error reaches the test."""
    from pairing.app import create_app

    app = create_app(settings_for(url))
    app.testing = True
    return app


def close(app: Flask) -> None:
    """Let go of every connection of *app*."""
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def fresh_database(engine_name: str) -> str:
    """Return the address of a new database that holds nothing but areas."""
    make = _fresh_sqlite if engine_name == "sqlite" else _fresh_postgresql
    return make(f"pairing_{uuid.uuid4().hex}")


def _fresh_sqlite(name: str) -> str:
    template = folder() / "template.sqlite3"
    with cluster.alone(folder()):
        if not template.exists():
            _migrate(f"sqlite:///{folder()}/building.sqlite3")
            (folder() / "building.sqlite3").rename(template)
    shutil.copyfile(template, folder() / f"{name}.sqlite3")
    return f"sqlite:///{folder()}/{name}.sqlite3"


def _fresh_postgresql(name: str) -> str:
    with cluster.alone(folder()):
        address = cluster.start(folder())
        with _administrator(address) as server:
            if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone():
                server.execute("DROP DATABASE IF EXISTS building")
                server.execute("CREATE DATABASE building")
                _migrate(address.format("building"))
                server.execute(f"ALTER DATABASE building RENAME TO {TEMPLATE}")
            server.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    return address.format(name)


def _administrator(address: str) -> psycopg.Connection:
    return psycopg.connect(address.format("postgres").replace("+psycopg", ""), autocommit=True)


def _migrate(url: str) -> None:
    app = build_app(url)
    with app.app_context():
        flask_migrate.upgrade()
        with transaction() as session:
            import_areas(session, SHIPPED)
            import_areas(session, ELSEWHERE)
    close(app)

"""The app on a scratch database, as the measuring processes open it."""

from base64 import b64decode
from typing import Any

import flask_migrate
from flask import Flask
from sqlalchemy import select, text

from pairing import clock
from pairing.accounts.models import User
from pairing.app import create_app
from pairing.db import db, transaction
from pairing.settings import Settings


def open_app(told: dict[str, Any]) -> Flask:
    """Build the app from settings that came as JSON; an unexpected error ends the measuring."""
    app = create_app(
        Settings(
            secret_key=told["secret_key"],
            database_url=told["database_url"],
            field_keys={name: b64decode(key) for name, key in told["field_keys"].items()},
            index_key=b64decode(told["index_key"]),
            https=False,
            demo=True,
            rate_factor=1000,  # nobody turns pages as quickly as a bench
        )
    )
    app.config["PROPAGATE_EXCEPTIONS"] = True
    return app


def make_tables() -> None:
    """Run the migrations."""
    flask_migrate.upgrade()


def analyse() -> None:
    """Count rows for PostgreSQL's planner, as its autovacuum does some time after an import."""
    if db.engine.dialect.name == "postgresql":
        with transaction() as session:
            session.execute(text("ANALYZE"))


def fill() -> None:
    """Seed the three registers of the invented district."""
    from pairing.demo.services import seed_registers

    with transaction() as session:
        seed_registers(session, clock.today(), clock.now())


def rehearse() -> None:
    """Play the district's two months: runs, answers, pairings, visits, money."""
    from pairing.rehearsal import services

    with transaction() as session:
        services.rehearse(session, find_user("admin"), clock.today())


def find_user(sign_in_name: str) -> User:
    """Return the account that the demo calls *sign_in_name*."""
    return db.session.scalars(select(User).where(User.sign_in_name == sign_in_name)).one()

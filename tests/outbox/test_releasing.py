"""A restored copy sends nothing until it is released, wherever and in whatever way it was restored."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine

from pairing.db import current_session, transaction
from pairing.outbox.models import Message, MessageStatus
from pairing.outbox.services import is_released
from pairing.scheduler import mail
from tests.support import databases
from tests.support.makers import NOW, make_message


class Server:
    """Takes every message."""

    def __init__(self):
        self.taken = []

    def send_message(self, message):
        self.taken.append(message["Message-ID"])

    def close(self):
        """Let go."""


@pytest.fixture(autouse=True)
def server(monkeypatch):
    taking = Server()
    monkeypatch.setattr(mail, "connect", lambda _url: taking)
    with time_machine.travel(NOW):
        yield taking


def drain(app):
    """Send what is due from the database of *app*."""
    settings = replace(app.config["PAIRING"], smtp_url="smtp://127.0.0.1:1")
    with app.app_context():
        return mail.drain(settings)


def lay(app, count=1):
    with app.app_context(), transaction():
        for _ in range(count):
            make_message()


def file_of(app):
    return Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))


def back_up(app, engine_name):
    """Return the address of a copy, made as the documents say."""
    name = f"copy_{uuid4().hex}"
    if engine_name == "sqlite":
        copy = file_of(app).with_name(f"{name}.sqlite3")
        with closing(sqlite3.connect(file_of(app))) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        return f"sqlite:///{copy}"
    databases.close(app)
    address, _, old = app.config["SQLALCHEMY_DATABASE_URI"].partition(app_name(app))
    with databases._administrator(address + "{}" + old) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {app_name(app)}")
    return address + name + old


def app_name(app):
    with app.app_context():
        return current_session().get_bind().url.database


def statuses(app):
    with app.app_context():
        return {message.status for message in current_session().query(Message)}


def test_a_new_database_sends_from_where_it_is(live_app, server):
    lay(live_app)

    assert drain(live_app) == 1
    assert len(server.taken) == 1


def test_a_restored_copy_sends_nothing_before_it_is_released(live_app, engine_name, server):
    lay(live_app)
    drain(live_app)
    lay(live_app)
    copy = databases.build_app(back_up(live_app, engine_name))

    assert drain(copy) == 0
    assert MessageStatus.QUEUED in statuses(copy)

    released = copy.test_cli_runner().invoke(args=["outbox", "release", "--yes"])
    assert (released.exit_code, drain(copy)) == (0, 1)
    assert len(server.taken) == 2
    databases.close(copy)


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_an_older_state_put_back_in_the_same_place_sends_nothing(live_app, engine_name, server):
    lay(live_app)
    drain(live_app)
    lay(live_app)
    older = back_up(live_app, engine_name).removeprefix("sqlite:///")
    drain(live_app)
    databases.close(live_app)

    for suffix in ("-wal", "-shm"):
        Path(f"{file_of(live_app)}{suffix}").unlink(missing_ok=True)
    shutil.copyfile(older, file_of(live_app))

    assert drain(live_app) == 0
    assert len(server.taken) == 2
    with live_app.app_context(), transaction() as session:
        assert not is_released(session, NOW)


def test_who_asks_is_told(live_app):
    told = live_app.test_cli_runner().invoke(args=["outbox", "status"])

    assert told.output.splitlines()[-1] == "sends"

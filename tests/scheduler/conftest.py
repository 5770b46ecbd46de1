"""Real scheduler processes on a real database, at a time of day at which people may be reminded."""

import os
import signal
import subprocess
import sys
from base64 import b64encode
from contextlib import contextmanager

import pytest

from pairing.db import current_session
from pairing.settings import ROOT
from tests.support.databases import settings_for

# The process runs with a shifted clock that goes on ticking, so that no test depends on the hour.
START = """
import sys, time_machine
from datetime import datetime
time_machine.travel(datetime.fromisoformat(sys.argv.pop(1))).start()
from flask.cli import main
main()
"""


def environment(url, smtp_url):
    settings = settings_for(url)
    keys = ",".join(f"{name}:{b64encode(key).decode()}" for name, key in settings.field_keys.items())
    return os.environ | {
        "DATABASE_URL": url,
        "FLASK_APP": "wsgi",
        "PAIRING_SECRET_KEY": settings.secret_key,
        "PAIRING_FIELD_KEYS": keys,
        "PAIRING_INDEX_KEY": b64encode(settings.index_key).decode(),
        "PAIRING_HTTPS": "0",
        "PAIRING_DEMO": "1",
        "PAIRING_SMTP_URL": smtp_url,
    }


class Schedulers:
    """Starts `flask scheduler` as often as a test wants, and leaves none behind."""

    def __init__(self, url):
        self.url = url
        self.running = []

    def start(self, at, *options, smtp_url=""):
        command = [sys.executable, "-c", START, at.isoformat(), "scheduler", *options]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(self.url, smtp_url), stderr=subprocess.PIPE, text=True
        )
        self.running.append(process)
        return process

    def stop_all(self):
        for process in self.running:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.communicate()


@pytest.fixture
def schedulers(live_app):
    started = Schedulers(live_app.config["SQLALCHEMY_DATABASE_URI"])
    yield started
    started.stop_all()


@pytest.fixture
def look(live_app):
    """Return a way to read what is committed now; it takes no lock that would slow the others down."""

    @contextmanager
    def reading():
        with live_app.app_context():
            yield current_session()

    return reading

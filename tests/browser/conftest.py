"""A real browser before a real server: every error in its console fails the test."""

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import make_server

from pairing.db import transaction
from tests.support import databases
from tests.support.browsing import listen

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--no-first-run"]
SPEAKS = {"LANGUAGE": "zh_CN"}  # in date fields, where chromium-l10n is installed
PATIENCE_MS = 10_000  # for an answer of this machine
DESK = {"width": 1280, "height": 900}
LEAST = 560  # of a picture of a desk
SIZE = """(({scrollWidth, clientWidth, scrollHeight}) => [scrollWidth - clientWidth, scrollHeight])
    (document.documentElement)"""
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Site:
    """A running site and the app behind it."""

    app: Flask
    url: str

    def make(self, deed):
        """Do *deed* (a function without arguments that uses the makers) in a transaction of its own."""
        with self.app.app_context(), transaction():
            return deed()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the system's Chromium, and let it call nobody."""
    started = {"executable_path": CHROMIUM, "args": ARGUMENTS, "env": os.environ | SPEAKS}
    return browser_type_launch_args | started


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Read as somebody in Qingdao would."""
    return browser_context_args | {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture(scope="session")
def base_url():
    """Replace the plugin's fixture, which pytest 10 will refuse; each site has its own address."""


@pytest.fixture
def site():
    """Serve the app on a fresh database at an address of its own."""
    with served(databases.build_app(databases.fresh_database("sqlite"))) as site:
        yield site


@contextmanager
def served(app: Flask) -> Iterator[Site]:
    """Serve *app* in threads of this process until the block ends."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield Site(app, f"http://127.0.0.1:{server.port}")
    server.shutdown()
    serving.join()
    server.server_close()
    databases.close(app)


@pytest.fixture
def new_page(site, new_context):
    """Return a function that opens a browser of its own on the site: ``desk = new_page()``."""
    complaints = []

    def arrive(viewport=DESK, **options) -> Page:
        page = new_context(base_url=site.url, viewport=viewport, **options).new_page()
        page.set_default_timeout(PATIENCE_MS)
        return listen(page, complaints)

    yield arrive
    assert complaints == []


@pytest.fixture
def desk(new_page):
    """Open a page as wide as one on a desk."""
    return new_page(DESK)


@pytest.fixture
def phone(new_page):
    """Open a page as narrow as a telephone, with touch."""
    return new_page(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def keep_picture(request):
    """Return a function that keeps what a page shows under a name, when --pictures says where."""
    folder = request.config.getoption("--pictures")

    def keep(page: Page, name: str, most: int = DESK["height"]) -> None:
        width = page.viewport_size["width"]
        page.set_viewport_size(
            {"width": width, "height": LEAST if width > PHONE["width"] else PHONE["height"]}
        )
        wide, tall = page.evaluate(SIZE)
        assert wide <= 0, f"{name}: the page is {wide} px wider than the window"
        if folder:
            page.set_viewport_size({"width": width, "height": min(tall, most)})
            page.screenshot(path=Path(folder) / f"{name}.png")

    return keep


def pytest_ignore_collect(collection_path, config):
    """Leave the pictures alone unless --pictures asks for them: they need the whole demo."""
    return True if collection_path.name == "test_pictures.py" and not config.getoption("--pictures") else None

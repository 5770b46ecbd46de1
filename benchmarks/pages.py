"""What every page costs on the server, for each role, found by following links as a reader would."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from statistics import median
from time import perf_counter, process_time
from typing import Any

from flask import Flask
from sqlalchemy import event
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from benchmarks import scratch
from benchmarks.report import ROLES
from pairing.db import db
from tests.support.reader import Reader

ROUNDS = 7
LEFT_OUT = ("static", "rosters.download_blank")
LINK = re.compile(r'href="(/[^"#]*)"')
PAGE = re.compile(r"[?&]page=(\d+)")


def measure_pages(app: Flask) -> list[dict[str, Any]]:
    """Return a row per role and page: milliseconds, statements, most repeats of one statement, KB."""
    statements = _listen()
    return [
        {"role": role, **row} for role in ROLES for row in _Visit(_signed_in(app, role), statements).pages()
    ]


def measure_addresses(app: Flask, role: str, addresses: dict[str, str]) -> list[dict[str, Any]]:
    """Return the same row for each of *addresses*, by name, which must all be there for *role*."""
    visit, rows = _Visit(_signed_in(app, role), _listen()), []
    for name, address in addresses.items():
        visit.reader.get(address)
        rows.append({"page": name, **visit.measure(address)})
    return rows


def _listen() -> list[str]:
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    return statements


def _signed_in(app: Flask, role: str) -> Reader:
    return Reader(app).sign_in(scratch.find_user(role))


class _Visit:
    """One person going through the site, to each page once and to the last page of each list."""

    def __init__(self, reader: Reader, statements: list[str]) -> None:
        self.reader = reader
        self.statements = statements
        self.urls = reader.app.url_map.bind("localhost")
        self.waiting = deque(_addresses_without_arguments(reader.app))
        self.known = {name for name, _address in self.waiting}

    def pages(self) -> Iterator[dict[str, Any]]:
        """Measure what may be seen, and what is linked from there."""
        while self.waiting:
            name, address = self.waiting.popleft()
            first = self.reader.fetch("GET", address)
            if first.status_code != 200 or first.mimetype != "text/html":
                continue
            self._follow(name, first.text)
            yield {"page": name, **self.measure(address)}

    def measure(self, address: str) -> dict[str, Any]:
        """Fetch one page several times."""
        self.reader.fetch("GET", address)
        walls, cpus = [], []
        for _ in range(ROUNDS):
            self.statements.clear()
            wall, cpu = perf_counter(), process_time()
            answer = self.reader.fetch("GET", address)
            walls.append(perf_counter() - wall)
            cpus.append(process_time() - cpu)
        statements = [text for text in self.statements if text != "BEGIN"]
        repeats = Counter(statements).most_common(1)
        return {
            "ms": median(walls) * 1000,
            "cpu_ms": median(cpus) * 1000,
            "statements": len(statements),
            "repeats": repeats[0][1] if repeats else 0,
            "kb": len(answer.data) / 1024,
        }

    def _follow(self, name: str, html: str) -> None:
        """Note the first link to each page not seen yet, and the last page of this list."""
        links = [unescape(link) for link in LINK.findall(html)]
        for link in links:
            endpoint = self._endpoint(link)
            if endpoint and endpoint not in self.known:
                self._note(endpoint, link)
        last = max(links, key=_page_of, default="")
        if _page_of(last) > 1 and self._endpoint(last) == name:
            self._note(f"{name}, last page", last)

    def _note(self, name: str, address: str) -> None:
        if name not in self.known:
            self.known.add(name)
            self.waiting.append((name, address))

    def _endpoint(self, link: str) -> str | None:
        try:
            endpoint, _arguments = self.urls.match(link.split("?")[0], method="GET")
        except (HTTPException, RequestRedirect):
            return None
        return None if endpoint in LEFT_OUT else str(endpoint)


def _addresses_without_arguments(app: Flask) -> list[tuple[str, str]]:
    rules = sorted(app.url_map.iter_rules(), key=str)
    return [
        (rule.endpoint, str(rule)) for rule in rules if "GET" in (rule.methods or ()) and not rule.arguments
    ]


def _page_of(link: str) -> int:
    found = PAGE.search(link)
    return int(found[1]) if found else 0

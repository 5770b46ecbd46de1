"""Everybody who may knock at every address, for records of two communities; the table says who gets in."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, Rule
from werkzeug.test import TestResponse

from pairing.access import TABLE
from pairing.accounts.access import Scope
from pairing.accounts.rules import STAFF, Role, may
from pairing.db import WRITES, db
from tests.house.access_sides import Side, make_side
from tests.support import databases, makers
from tests.support.reader import Reader

NEXT_DISTRICT = "370203"
AREA_ROLES = STAFF | {Role.AUDITOR}  # an auditor may call nothing of an area but its trail
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
BRIEFLY = {"HX-Request": "true"}
OWNERS = {  # who stands behind a record where its scope is the person's own
    "pledge_id": "company", "grant_id": "company", "proposal_id": "volunteer", "visit_id": "volunteer",
    "message_id": "volunteer", "session_id": "volunteer", "export_id": "worker",
}  # fmt: skip


@dataclass(frozen=True)
class Visitor:
    """Somebody with a browser; *side* is the community whose volunteer, company or worker it is, if any."""

    name: str
    role: Role | None
    scope: str
    side: str
    client: FlaskClient
    token: str

    def may_call(self, rule: Rule) -> bool:
        """Whether the role may call the address at all, by the table."""
        permission = TABLE[rule.endpoint].permission
        return permission is None or (self.role is not None and may(self.role, permission))

    def reaches(self, rule: Rule, side: Side) -> bool:
        """Whether the records of *side* are there for this person at this address, by the table."""
        scope = TABLE[rule.endpoint].scope
        if scope is Scope.NOTHING:
            return True
        if scope is Scope.AREA or (scope is Scope.AREA_OR_RELATION and self.role in STAFF):
            return self.role in AREA_ROLES and side.area.startswith(self.scope)
        owner = next(OWNERS[name] for name in sorted(rule.arguments) if name in OWNERS)
        return self.name == f"{owner} {side.name}"

    def foreign_words(self, sides: Mapping[str, Side]) -> set[str]:
        """Return the words that no page may say to this person."""
        return set().union(*(self._unsaid(side) for side in sides.values()))

    def _unsaid(self, side: Side) -> frozenset[str]:
        if self.role in STAFF and side.area.startswith(self.scope):
            return frozenset()
        own = self.side == side.name
        if self.role is Role.VOLUNTEER and own:
            return side.secrets
        if self.role is Role.COMPANY and own:
            return side.secrets | side.door
        return side.secrets | side.door | side.people


@dataclass(frozen=True)
class World:
    """The app, the two communities and all visitors."""

    app: Flask
    sides: dict[str, Side]
    visitors: list[Visitor]

    def path(self, rule: Rule, side: Side) -> str:
        """Return the address of *rule* with rows of *side*; a new argument wants a row in `access_sides`."""
        ids = side.ids_for(rule.endpoint)
        values = {name: _value(rule, name, ids) for name in rule.arguments}
        return str(self.app.url_map.bind("localhost").build(rule.endpoint, values))

    def send(self, visitor: Visitor, method: str, path: str, **form: str) -> TestResponse:
        """Knock, and take everything back that the deed has written, here and in the browser."""
        data = {"csrf_token": visitor.token, **form} if method != "GET" else None
        cookies = dict(visitor.client._cookies)
        with undone(self.app):
            answer = Context().run(visitor.client.open, path, method=method, data=data, headers=BRIEFLY)
        visitor.client._cookies = cookies
        return answer


def _value(rule: Rule, name: str, ids: dict[str, Any]) -> Any:
    converter = rule._converters[name]
    return sorted(converter.items)[0] if isinstance(converter, AnyConverter) else ids[name]


@contextmanager
def undone(app: Flask) -> Iterator[None]:
    """Let requests write into one transaction that is rolled back; their commits are savepoints."""
    with app.app_context():
        engines = db.engines
    engine = engines[None]
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin() as outer:
        engines[None] = connection
        try:
            yield
        finally:
            engines[None] = engine
            outer.rollback()


def rules(app: Flask) -> list[Rule]:
    """Return every rule but that of static files."""
    return sorted((r for r in app.url_map.iter_rules() if r.endpoint != "static"), key=lambda r: r.rule)


def methods(rule: Rule) -> list[str]:
    """Return the methods of *rule* that its view answers itself."""
    return [method for method in METHODS if method in (rule.methods or ())]


def names_a_record(rule: Rule) -> bool:
    """Whether the address holds the id of a row."""
    return any(name.endswith("_id") for name in rule.arguments)


def spoken(answer: TestResponse) -> str:
    """Return all that an answer says: its page, where it leads, what its workbook holds."""
    said = str(answer.headers.get("Location", ""))
    if answer.data.startswith(b"PK"):
        with ZipFile(BytesIO(answer.data)) as book:
            return said + "".join(book.read(name).decode("utf-8", "ignore") for name in book.namelist())
    return said + answer.data.decode("utf-8", "ignore")


def build_world(engine_name: str) -> World:
    """Make both communities and everybody once."""
    app = databases.build_app(databases.fresh_database(engine_name))
    with app.app_context():
        sides = {name: make_side(name) for name in "AB"}
        people = [*_insiders(sides), *_others()]
        db.session.commit()
        return World(app, sides, [_visitor(app, *person) for person in people])


def _insiders(sides: dict[str, Side]) -> Iterator[tuple[str, str, Any]]:
    for name, side in sides.items():
        yield from ((f"{who} {name}", name, user) for who, user in side.users.items())


def _others() -> list[tuple[str, str, Any]]:
    """Return those who belong to no community, or to more than one."""
    makers_of: dict[str, Callable[[], Any]] = {
        "anonymous": lambda: None,
        "officer of the street of A": lambda: makers.make_staff(makers.STREET),
        "admin of the district": lambda: makers.make_staff(makers.DISTRICT),
        "auditor of the district": lambda: makers.make_user(Role.AUDITOR, makers.DISTRICT),
        "admin of the next district": lambda: makers.make_staff(NEXT_DISTRICT),
    }
    return [(name, "", make()) for name, make in makers_of.items()]


def _visitor(app: Flask, name: str, side: str, user: Any) -> Visitor:
    reader = Reader(app)
    if user:
        reader.sign_in(user)
    page = reader.fetch("GET", "/accounts/me" if user else "/accounts/sign-in")
    token = BeautifulSoup(page.text, "html.parser").select("input[name=csrf_token]")[0]["value"]
    role, scope = (user.role, user.scope_code) if user else (None, "-")
    return Visitor(name, role, scope, side, reader.client, str(token))

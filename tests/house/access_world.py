"""A small register in one place, people who belong to it, and people from elsewhere who must not see it."""

from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, Rule
from werkzeug.test import TestResponse

from pairing import clock
from pairing.access import TABLE
from pairing.accounts.rules import Role, may
from pairing.db import db
from pairing.matching.models import GrantStatus, ProposalStatus
from pairing.outbox.models import MessageStatus
from pairing.rosters.models import RosterImport, RosterKind, RosterStatus
from pairing.rosters.services import start_import
from pairing.rosters.services.sheets import blank_roster
from pairing.values.phone import format_phone
from tests.support import databases, makers
from tests.support.makers.saving import save
from tests.support.reader import Reader

NEXT_STREET, NEXT_DISTRICT = "370202004", "370203"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
BRIEFLY = {"HX-Request": "true"}


@dataclass(frozen=True)
class Visitor:
    """Somebody with a browser; *token* is what a form on a page of theirs carries."""

    role: Role | None
    client: FlaskClient
    token: str
    seen: dict[str, TestResponse] = field(default_factory=dict)

    def look(self, path: str, is_whole: bool) -> TestResponse:
        """Fetch a page once; what is refused may come as the short answer that htmx gets."""
        if path not in self.seen:
            self.seen[path] = self.client.get(path, headers={} if is_whole else BRIEFLY)
        return self.seen[path]

    def send(self, method: str, path: str, token: str = "") -> TestResponse:
        """Send a form that holds nothing but *token*."""
        return self.client.open(path, method=method, data={"csrf_token": token}, headers=BRIEFLY)


@dataclass(frozen=True)
class World:
    """The app with its rows: an id for every argument of an address, and the words that give people away."""

    app: Flask
    ids: dict[str, Any]
    households: frozenset[str]  # words of the households
    people: frozenset[str]  # words of volunteers and of those who speak for companies
    strangers: dict[str, Visitor]
    insiders: dict[str, Visitor]

    def path(self, rule: Rule) -> str:
        """Return the address of *rule* with the rows of the world; a new argument wants a row in `_ids`."""
        with self.app.test_request_context():
            return str(
                self.app.url_for(rule.endpoint, **{name: self._value(rule, name) for name in rule.arguments})
            )

    def _value(self, rule: Rule, name: str) -> Any:
        converter = rule._converters[name]
        return sorted(converter.items)[0] if isinstance(converter, AnyConverter) else self.ids[name]

    def is_open_to(self, rule: Rule, visitor: Visitor) -> bool:
        """Whether the role of *visitor* may call the rule at all."""
        permission = TABLE[rule.endpoint].permission
        return permission is None or (visitor.role is not None and may(visitor.role, permission))

    def look(self, rule: Rule, visitor: Visitor) -> TestResponse:
        """Let *visitor* open the page of *rule*."""
        return visitor.look(self.path(rule), self.is_open_to(rule, visitor))


def rules(app: Flask) -> list[Rule]:
    """Return every rule but that of static files."""
    return sorted((r for r in app.url_map.iter_rules() if r.endpoint != "static"), key=lambda r: r.rule)


def methods(rule: Rule) -> list[str]:
    """Return the methods of *rule* that its view answers itself."""
    return [method for method in METHODS if method in (rule.methods or ())]


def build_world() -> World:
    """Make everything once, on SQLite: rights and scope are the same clauses on every engine."""
    app = databases.build_app(databases.fresh_database("sqlite"))
    with app.app_context():
        ids, households, people, own_volunteer, own_company = _fill()
        strangers = _strangers()
        insiders = _insiders(own_volunteer, own_company)
        db.session.commit()
        return World(
            app, ids, households, people, *(_arrive(app, people_) for people_ in (strangers, insiders))
        )


def _fill() -> tuple[Any, ...]:
    household = makers.make_household(
        "亓官雪梅", address="观象二路77号9单元", file_no="370202002-2026-777777", note="肾病透析每周三次"
    )
    member = makers.make_member(household, name="亓官小禾")
    need = makers.make_need(household, amount_fen=765_400, note="透析押金")
    user, volunteer = makers.make_volunteer_user(name="雒青川", note="雒家备注", party_branch="雒青支部")
    company_user, company = makers.make_company_user(
        makers.HOME, name="鳌山卫海藻有限公司", contact_name="仉督明"
    )
    ids = _ids(household, need, volunteer, company, user)
    words = [
        household.head_name,
        household.address,
        household.file_no,
        household.note,
        member.name,
        need.note,
    ]
    words += [row.identity_number for row in household.members] + _spellings(household.phone)
    people = [
        volunteer.name,
        volunteer.identity_number,
        volunteer.note,
        volunteer.party_branch,
        company.contact_name,
    ]
    people += (
        _spellings(volunteer.phone) + _spellings(company.contact_phone) + [user.email, company_user.email]
    )
    return ids, frozenset(words), frozenset(people), user, company_user


def _spellings(phone: str) -> list[str]:
    return [phone, phone.removeprefix("+86"), format_phone(phone)]


def _ids(household: Any, need: Any, volunteer: Any, company: Any, user: Any) -> dict[str, Any]:
    pledge = makers.make_pledge(company)
    run = makers.make_run(area_code=makers.HOME, summary={"tiers": {}})
    pairing = makers.make_pairing(household, volunteer)
    open_proposal = {"status": ProposalStatus.PROPOSED, "run_id": run.id}
    message = makers.make_message(user, status=MessageStatus.PARKED)
    return {
        "household_id": household.id,
        "need_id": need.id,
        "volunteer_id": volunteer.id,
        "enterprise_id": company.id,
        "pledge_id": pledge.id,
        "run_id": run.id,
        "pairing_id": pairing.id,
        "proposal_id": makers.make_proposal(household, volunteer, **open_proposal).id,
        "grant_id": makers.make_grant(need, pledge, status=GrantStatus.PROPOSED).id,
        "visit_id": makers.make_visit(pairing).id,
        "message_id": message.id,
        "user_id": user.id,
        "import_id": _import().id,
        "kind": RosterKind.VOLUNTEERS.value,
    }


def _import() -> RosterImport:
    book = blank_roster(RosterKind.VOLUNTEERS, ["台西社区"])
    row = start_import(
        db.session(), RosterKind.VOLUNTEERS, "台西名册.xlsx", book, makers.HOME, None, clock.now()
    )
    assert row.status is RosterStatus.PREVIEWED
    return save(row)


def _strangers() -> dict[str, Any]:
    """Return people of every role who have nothing to do with the rows; some live next door."""
    return {
        "anonymous": None,
        "worker next door": makers.make_staff(makers.NEARBY),
        "officer of the next street": makers.make_staff(NEXT_STREET),
        "admin of the next district": makers.make_staff(NEXT_DISTRICT),
        "auditor of the next district": makers.make_user(Role.AUDITOR, NEXT_DISTRICT),
        "another volunteer": makers.make_volunteer_user(makers.HOME, name="别人甲")[0],
        "another company": makers.make_company_user(makers.DISTRICT, name="别家公司")[0],
    }


def _insiders(volunteer: Any, company: Any) -> dict[str, Any]:
    return {
        "own worker": makers.make_staff(makers.HOME),
        "own officer": makers.make_staff(makers.STREET),
        "own admin": makers.make_staff(makers.DISTRICT),
        "own auditor": makers.make_user(Role.AUDITOR, makers.DISTRICT),
        "the volunteer": volunteer,
        "the company": company,
    }


def _arrive(app: Flask, people: dict[str, Any]) -> dict[str, Visitor]:
    return {name: _visitor(app, user) for name, user in people.items()}


def _visitor(app: Flask, user: Any) -> Visitor:
    reader = Reader(app)
    if user:
        reader.sign_in(user)
    page = BeautifulSoup(
        reader.fetch("GET", "/accounts/me" if user else "/accounts/sign-in").text, "html.parser"
    )
    token = page.select("input[name=csrf_token]")[0]["value"]
    return Visitor(user.role if user else None, reader.client, str(token))

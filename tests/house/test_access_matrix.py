"""Every address × method × role: who may, may; everybody else learns nothing, not even that there is a row.

SQLite is enough here: rights are read from the view and scope is one WHERE clause, the same on both
engines; what the engines do differently is tried by the tests of each feature.
"""

import pytest

import pairing.app
from pairing.db import db
from tests.house.access_world import METHODS, build_world, methods, rules
from tests.support import databases

ADDRESSES = rules(databases.build_app("sqlite://"))
READ = [rule for rule in ADDRESSES if "GET" in methods(rule)]
WRITTEN = [rule for rule in ADDRESSES if "POST" in methods(rule)]
WITH_IDS = [rule for rule in ADDRESSES if any(name.endswith("_id") for name in rule.arguments)]
READ_WITH_IDS = [rule for rule in READ if rule in WITH_IDS]
READ_WITHOUT_IDS = [rule for rule in READ if rule not in WITH_IDS]
NAMELESS = ("own auditor", "the company")  # they work with figures and pseudonyms, never with names
SHARED = {
    "review.show_pledge": {"own auditor", "the volunteer"}
}  # any signed-in role may ask, these are refused


def name(rule):
    """Name a test after its address."""
    return rule.rule


@pytest.fixture(scope="module")
def world():
    """Make the register and its readers once; nothing that this file does may change a row."""
    made = build_world()
    before = rows(made.app)
    yield made
    after = rows(made.app)
    databases.close(made.app)
    assert after == before


def rows(app):
    """Return every row of every table."""
    with app.app_context():
        return {table.name: db.session.execute(table.select()).all() for table in db.metadata.sorted_tables}


def everybody(world):
    """Return who visits, by name."""
    return (world.strangers | world.insiders).items()


@pytest.mark.parametrize("rule", READ_WITHOUT_IDS, ids=name)
def test_a_page_opens_to_whom_its_permission_says(world, rule):
    statuses = {who: world.look(rule, visitor).status_code for who, visitor in everybody(world)}

    wrong = {
        who: statuses[who]
        for who, visitor in everybody(world)
        if statuses[who] not in expected(visitor, world.is_open_to(rule, visitor))
    }
    assert wrong == {}


def expected(visitor, is_open):
    """Return what a page without ids may answer."""
    if is_open:
        return (200, 302, 303)
    return (302,) if visitor.role is None else (404,)


@pytest.mark.parametrize("rule", READ, ids=name)
def test_who_is_not_signed_in_is_led_to_the_door_and_back(world, rule):
    anonymous = world.strangers["anonymous"]

    answer = world.look(rule, anonymous)

    leads = answer.location == f"/accounts/sign-in?next={world.path(rule)}"
    assert leads is not world.is_open_to(rule, anonymous)


@pytest.mark.parametrize("rule", READ_WITH_IDS, ids=name)
def test_the_rows_of_others_are_not_there(world, rule):
    statuses = {who: world.look(rule, visitor).status_code for who, visitor in world.strangers.items()}

    assert statuses.pop("anonymous") == 302
    assert set(statuses.values()) == {404}


@pytest.mark.parametrize("rule", [rule for rule in WRITTEN if rule in WITH_IDS], ids=name)
def test_nothing_is_done_to_the_rows_of_others(world, rule):
    statuses = {
        who: visitor.send("POST", world.path(rule), visitor.token).status_code
        for who, visitor in world.strangers.items()
    }

    assert statuses.pop("anonymous") == 302
    assert set(statuses.values()) == {404}


@pytest.mark.parametrize("rule", READ_WITH_IDS, ids=name)
def test_whoever_the_row_belongs_to_sees_it(world, rule):
    seen = {
        who for who, visitor in world.insiders.items() if world.look(rule, visitor).status_code in (200, 302)
    }

    allowed = {who for who, visitor in world.insiders.items() if world.is_open_to(rule, visitor)}
    assert seen == allowed - SHARED.get(rule.endpoint, set())


@pytest.mark.parametrize("rule", READ, ids=name)
def test_no_page_says_a_foreign_word(world, rule):
    words = world.households | world.people

    said = {who: spoken(world.look(rule, visitor), words) for who, visitor in world.strangers.items()}
    for who in NAMELESS:
        said[who] = spoken(world.look(rule, world.insiders[who]), world.households)

    assert {who: found for who, found in said.items() if found} == {}


def spoken(answer, words):
    """Return those of *words* that stand in a page or in where it leads."""
    whole = answer.headers.get("Location", "") + (answer.text if "text" in answer.mimetype else "")
    return {word for word in words if word in whole}


def test_the_words_are_those_that_the_pages_say(world):
    pages = [world.look(rule, world.insiders["own worker"]) for rule in READ]

    said = set().union(*(spoken(page, world.households | world.people) for page in pages))

    assert {"亓官雪梅", "亓官小禾", "观象二路77号9单元", "雒青川", "仉督明"} <= said


@pytest.mark.parametrize("rule", WRITTEN, ids=name)
def test_nothing_is_taken_without_the_token_of_the_page(world, rule):
    statuses = {visitor.send("POST", world.path(rule)).status_code for _who, visitor in everybody(world)}

    assert statuses == {400}


@pytest.mark.parametrize("rule", ADDRESSES, ids=name)
def test_other_methods_are_refused(world, rule):
    path, admin = world.path(rule), world.insiders["own admin"]
    taken = world.app.url_map.bind("localhost").allowed_methods(path)

    statuses = {
        admin.send(method, path, admin.token).status_code for method in METHODS if method not in taken
    }

    assert statuses == {405}


def test_an_endpoint_without_a_rule_keeps_the_app_from_starting(monkeypatch):
    def plant(app):
        app.add_url_rule("/planted", "planted", lambda: "")

    monkeypatch.setattr(pairing.app, "add_commands", plant)

    with pytest.raises(RuntimeError, match="planted"):
        databases.build_app("sqlite://")

"""Every address × method × person × records of two communities: the table says who gets in; no more is said.

The cells are computed from the access table (permission, scope) and the names of the arguments; a
row that is missing there keeps the app from starting. SQLite is enough here, where only the
application itself keeps people apart; `tests/scope` drops its filter on PostgreSQL and tries again.
"""

import pytest

import pairing.app
from tests.house.access_world import METHODS, build_world, methods, names_a_record, rules, spoken
from tests.support import databases

ADDRESSES = rules(databases.build_app("sqlite://"))
WITH_RECORD = [rule for rule in ADDRESSES if names_a_record(rule)]
WITHOUT = [rule for rule in ADDRESSES if not names_a_record(rule) and "token" not in rule.arguments]
READ = [rule for rule in ADDRESSES if "GET" in methods(rule)]
DOOR = "/accounts/sign-in"


def name(rule):
    """Name a test after its address."""
    return rule.rule


@pytest.fixture(scope="module")
def world():
    """Make both communities once; every request is taken back."""
    made = build_world("sqlite")
    yield made
    databases.close(made.app)


def cell(answer):
    """Say in a word what an answer means."""
    if answer.status_code in (301, 302) and (answer.location or "").startswith(DOOR):
        return "door"
    return {404: "nothing", 400: "refused", 405: "refused"}.get(
        answer.status_code, "open" if answer.status_code < 500 else "broken"
    )


def expected(visitor, rule, side=None):
    """Say what the table promises; a list that is not named cannot be asked for."""
    if rule.endpoint == "exports.request_export" and visitor.role is not None:
        return "nothing"
    if not visitor.may_call(rule):
        return "door" if visitor.role is None else "nothing"
    return "open" if side is None or visitor.reaches(rule, side) else "nothing"


@pytest.mark.parametrize("rule", WITH_RECORD, ids=name)
def test_a_record_is_there_for_its_own_people_only(world, rule):
    wrong = [
        (method, visitor.name, side.name, cell(answer), expected(visitor, rule, side))
        for side in world.sides.values()
        for visitor in world.visitors
        for method in methods(rule)
        for answer in [world.send(visitor, method, world.path(rule, side))]
        if cell(answer) != expected(visitor, rule, side) or foreign(world, visitor, answer)
    ]

    assert not wrong, wrong


@pytest.mark.parametrize("rule", WITHOUT, ids=name)
def test_a_page_opens_by_its_permission_and_says_no_foreign_word(world, rule):
    path = world.path(rule, world.sides["A"])

    wrong = [
        (method, visitor.name, cell(answer), foreign(world, visitor, answer))
        for visitor in world.visitors
        for method in methods(rule)
        for answer in [world.send(visitor, method, path)]
        if cell(answer) != expected(visitor, rule) or foreign(world, visitor, answer)
    ]

    assert not wrong, wrong


def foreign(world, visitor, answer):
    """Return the words in an answer that are not for *visitor*."""
    said = spoken(answer)
    return {word for word in visitor.foreign_words(world.sides) if word in said}


def test_the_words_are_those_that_the_pages_say(world):
    workers = {visitor.side: visitor for visitor in world.visitors if visitor.name.startswith("worker")}

    for letter, side in world.sides.items():
        pages = [world.send(workers[letter], "GET", world.path(rule, side)) for rule in READ]
        said = "".join(map(spoken, pages))
        silent = {word for word in side.door | side.secrets | side.people if word not in said}
        assert len(silent) <= len(side.door | side.secrets | side.people) / 2, silent


@pytest.mark.parametrize("rule", [rule for rule in ADDRESSES if "POST" in methods(rule)], ids=name)
def test_nothing_is_taken_without_the_token_of_the_page(world, rule):
    path = world.path(rule, world.sides["A"])

    statuses = {world.send(visitor, "POST", path, csrf_token="").status_code for visitor in world.visitors}

    assert statuses == {400}


@pytest.mark.parametrize("rule", ADDRESSES, ids=name)
def test_other_methods_are_refused(world, rule):
    path, admin = world.path(rule, world.sides["A"]), world.visitors[-1]
    taken = world.app.url_map.bind("localhost").allowed_methods(path)

    statuses = {world.send(admin, method, path).status_code for method in METHODS if method not in taken}

    assert statuses <= {405}


def test_an_endpoint_without_a_row_keeps_the_app_from_starting(monkeypatch):
    def plant(app):
        app.add_url_rule("/planted", "planted", lambda: "")

    monkeypatch.setattr(pairing.app, "add_commands", plant)

    with pytest.raises(RuntimeError, match="planted"):
        databases.build_app("sqlite://")

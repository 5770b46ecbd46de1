"""What strangers put into a request, at every address and in every part of it, does not reach the log."""

import json

import pytest

from pairing import logs
from tests.house.access_world import build_world, methods, rules, undone
from tests.support import databases

CANARY = "KanarienvogelQQ"
SPOKEN = "亓官金丝雀"
PHONE, IDENTITY, MAIL = "138 0013 8000", "370202199001010016", "vogel@kanarien.example"
TYPED = f"{CANARY} {SPOKEN} {PHONE} {IDENTITY} {MAIL}"
FIELDS = (
    "term",
    "name",
    "display_name",
    "note",
    "sign_in_name",
    "password",
    "reason",
    "why",
    "head_name",
    "area_code",
)
ASKED = ("anonymous", "worker A", "volunteer A")


@pytest.fixture(scope="module")
def world():
    made = build_world("sqlite")
    made.app.config["PROPAGATE_EXCEPTIONS"] = False
    made.app.testing = False  # an unexpected error is logged, as in service
    yield made
    databases.close(made.app)


@pytest.fixture
def written(capsys):
    """Log as in service; gives a function that returns what was written since it was called last."""
    logs.configure(is_plain=False)
    capsys.readouterr()
    yield lambda: capsys.readouterr().err
    logs.configure(is_plain=True)


def attack(world, visitor, path, method):
    """Put the words into address, query, headers and form of one request."""
    data = None if method == "GET" else {"csrf_token": visitor.token, **dict.fromkeys(FIELDS, TYPED)}
    headers = dict.fromkeys(("User-Agent", "X-Request-Id", "Accept", "X-Forwarded-For"), CANARY)
    headers["Referer"] = f"http://localhost/{CANARY}"
    query = {"term": TYPED, "next": f"/{CANARY}", "page": CANARY, "kind": CANARY}
    kept = dict(visitor.client._cookies)
    with undone(world.app):
        answer = visitor.client.open(path, method=method, query_string=query, data=data, headers=headers)
    visitor.client._cookies = kept  # some addresses end the session
    return answer


def leaks(text):
    return [word for word in (CANARY, SPOKEN, PHONE, IDENTITY, "kanarien") if word.lower() in text.lower()]


def test_nothing_that_was_sent_is_logged_at_any_address(world, written):
    visitors = [visitor for visitor in world.visitors if visitor.name in ASKED]
    for rule in rules(world.app):
        path = world.path(rule, world.sides["A"])
        for visitor in visitors:
            for method in methods(rule):
                attack(world, visitor, path, method)
        attack(world, visitors[0], f"{path}/{CANARY}%20{SPOKEN}", "GET")

    text = written()
    lines = [json.loads(line) for line in text.splitlines()]
    assert len([line for line in lines if line["event"] == "request" and "role" in line]) > 300
    assert leaks(text) == []


def test_an_unexpected_error_is_logged_without_what_caused_it(world, written, monkeypatch):
    def broken(**_arguments):
        raise ValueError(f"{TYPED} cannot be read")

    monkeypatch.setitem(world.app.view_functions, "insight.show_start", broken)

    answer = attack(world, world.visitors[0], "/", "GET")

    text = written()
    line = next(line for line in map(json.loads, text.splitlines()) if "error" in line)
    assert answer.status_code == 500
    assert (line["error"], line["endpoint"]) == (["ValueError"], "insight.show_start")
    assert leaks(text) == []


def test_no_word_of_the_records_is_logged(world, written):
    words = {word for side in world.sides.values() for word in side.secrets | side.door | side.people}
    worker = next(visitor for visitor in world.visitors if visitor.name == "worker A")
    for rule in rules(world.app):
        world.send(worker, "GET", world.path(rule, world.sides["A"]))

    text = written()
    assert text.count("\n") > 50
    assert [word for word in words if word in text] == []


def test_a_line_says_who_by_number_and_what_by_endpoint(world, written):
    worker = next(visitor for visitor in world.visitors if visitor.name == "worker A")

    world.send(worker, "GET", "/households?category=dibao")

    text = written()
    line = json.loads(text.splitlines()[-1])
    expected = {"event": "request", "endpoint": "households.list_households", "role": "community_worker",
                "area_code": "370202002012", "method": "GET", "status": 200}  # fmt: skip
    assert {name: line[name] for name in expected} == expected
    assert line["duration_ms"] > 0
    assert "/households" not in text
    assert isinstance(line["user_id"], int)


@pytest.mark.parametrize(
    ("given", "is_behind_proxy", "kept"),
    [("abcdef0123456789", True, True), ("abcdef0123456789", False, False), ("x" * 33, True, False),
     ("a b c d e f g h", True, False), ("", True, False), ("{jndi:ldap://x}", True, False)],
)  # fmt: skip
def test_only_a_plain_id_of_our_own_proxy_is_taken(given, is_behind_proxy, kept):
    from pairing.web.request_log import request_id

    assert (request_id(given, is_behind_proxy) == given) is kept

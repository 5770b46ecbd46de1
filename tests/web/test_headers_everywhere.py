"""Every address, answered to people who are signed in and who are not, carries every header."""

import pytest

from pairing.web.downloads import KEPT_APART
from pairing.web.headers import ALWAYS
from tests.house.access_world import build_world, methods, rules
from tests.support import databases

ADDRESSES = rules(databases.build_app("sqlite://"))
NOBODY = "anonymous"
ASKED = (NOBODY, "worker A", "volunteer A", "company B", "auditor of the district")


@pytest.fixture(scope="module")
def world():
    """Make everybody once; headers do not depend on the engine."""
    made = build_world("sqlite")
    yield made
    databases.close(made.app)


def faults(visitor, answer):
    """Return what is wrong with the headers of *answer*."""
    promised = ALWAYS | (KEPT_APART if "Content-Disposition" in answer.headers else {})
    missing = [name for name, value in promised.items() if answer.headers.get(name) != value]
    kept = answer.headers.get("Cache-Control")
    signed_in = visitor.name != NOBODY and answer.request.path != "/accounts/sign-out"
    allowed = (
        {"no-store"} if signed_in or answer.request.method == "POST" else {"no-store", "private, no-cache"}
    )
    return missing + ([] if kept in allowed else [f"kept: {kept}"])


def test_everybody_is_there(world):
    assert set(ASKED) <= {visitor.name for visitor in world.visitors}


@pytest.fixture(autouse=True)
def _as_they_came(world):
    """Give every browser back the cookies it had: some addresses end the session."""
    kept = {visitor.name: dict(visitor.client._cookies) for visitor in world.visitors}
    yield
    for visitor in world.visitors:
        visitor.client._cookies = kept[visitor.name]


@pytest.mark.parametrize("rule", ADDRESSES, ids=lambda rule: rule.rule)
def test_every_answer_has_every_header_and_is_not_kept(world, rule):
    visitors = [visitor for visitor in world.visitors if visitor.name in ASKED]
    path = world.path(rule, world.sides["A"])

    wrong = {
        (visitor.name, method): found
        for visitor in visitors
        for method in ("PUT", *methods(rule))
        if (found := faults(visitor, world.send(visitor, method, path)))
    }

    assert wrong == {}


@pytest.mark.parametrize(
    "path", ["/nowhere", "/households/0", "/households/999999999", "/exports/new?kind=x"]
)
def test_an_address_that_is_not_there_has_them_too(world, path):
    wrong = [faults(visitor, world.send(visitor, "GET", path)) for visitor in world.visitors]

    assert [found for found in wrong if found] == []

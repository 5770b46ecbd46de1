"""Who may come here: staff with the right, inside their scope; for everybody else there is nothing."""

import pytest

from pairing.accounts.rules import Role
from pairing.matching.models import GrantStatus, ProposalStatus
from tests.support.makers import (
    DISTRICT,
    HOME,
    NEARBY,
    NOW,
    OUTSIDE,
    STREET,
    make_grant,
    make_household,
    make_need,
    make_pairing,
    make_proposal,
    make_staff,
    make_user,
)

OTHERS = [Role.VOLUNTEER, Role.COMPANY, Role.AUDITOR]
LISTS = [
    "/review",
    "/review/grants",
    "/review/proposals/confirmed",
    "/review/grants/confirmed",
    "/pairings",
]
DEEDS = [
    "/review/proposals/confirm",
    "/review/grants/confirm",
    "/review/proposals/{proposal}/answer",
    "/review/proposals/{proposal}/consent",
    "/review/proposals/{proposal}/refuse",
    "/review/proposals/{proposal}/confirm",
    "/review/grants/{grant}/answer",
    "/review/grants/{grant}/confirm",
    "/review/proposals/{proposal}/withdraw",
    "/review/grants/{grant}/withdraw",
    "/review/pairings/{pairing}/end",
]
THINGS = ["/review/proposals/{proposal}", "/review/grants/{grant}", "/review/pairings/{pairing}"]


def token_of(page):
    return {"csrf_token": page.select("meta[name=csrf-token]")[0]["content"]}


@pytest.fixture
def ids(session):
    """Make one of each in the home community."""
    need = make_need(make_household(), amount_fen=100_000)
    made = {
        "proposal": make_proposal(status=ProposalStatus.ACCEPTED, consent_at=NOW),
        "grant": make_grant(need, status=GrantStatus.AGREED),
        "pairing": make_pairing(),
    }
    return {name: row.id for name, row in made.items()}


@pytest.mark.parametrize("role", OTHERS)
def test_a_page_does_not_exist_for_other_roles(reader, ids, role):
    reader.sign_in(make_user(role, DISTRICT))

    for path in (*LISTS, *THINGS):
        reader.get(path.format(**ids), 404)


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COMPANY, Role.AUDITOR])
@pytest.mark.parametrize("path", DEEDS)
def test_a_deed_does_not_exist_for_other_roles(reader, ids, role, path):
    token = (
        reader.sign_in(make_user(role, DISTRICT))
        .get("/accounts/me")
        .select("meta[name=csrf-token]")[0]["content"]
    )

    reader.post(path.format(**ids), {"csrf_token": token}, 404)


def test_a_stranger_is_asked_to_sign_in(reader, ids):
    answers = [reader.fetch("GET", path.format(**ids)) for path in (*LISTS, *THINGS)]

    assert {answer.status_code for answer in answers} == {302}
    assert all(answer.headers["Location"].startswith("/accounts/sign-in?next=") for answer in answers)


@pytest.mark.parametrize("scope", [NEARBY, OUTSIDE[:6], OUTSIDE])
def test_a_thing_of_another_place_is_not_found(reader, ids, scope):
    reader.sign_in(make_staff(scope))

    for path in THINGS:
        reader.get(path.format(**ids), 404)


@pytest.mark.parametrize("scope", [NEARBY, OUTSIDE])
def test_a_deed_in_another_place_is_not_found(reader, ids, scope):
    token = token_of(reader.sign_in(make_staff(scope)).get("/review"))

    for path in DEEDS[2:]:
        reader.post(path.format(**ids), token | {"answer": "yes", "how": "phone"}, 404)


@pytest.mark.parametrize("scope", [DISTRICT, STREET, HOME])
def test_staff_of_the_place_see_it(reader, ids, scope):
    reader.sign_in(make_staff(scope))

    for path in (*LISTS, *THINGS):
        assert reader.get(path.format(**ids)).heading


@pytest.mark.parametrize("path", ["/review?tab=ready", "/review/grants?tab=ready", "/pairings"])
def test_lists_hold_nothing_of_another_place(reader, ids, path):
    assert reader.sign_in(make_staff(NEARBY)).get(path).select(".empty")

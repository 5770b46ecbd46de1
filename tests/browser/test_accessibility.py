"""axe-core over the pages of every role, on a desk and on a phone: nothing serious, nothing critical."""

from datetime import timedelta
from pathlib import Path

import pytest

from pairing import clock
from pairing.outbox.models import Channel, MessageStatus
from pairing.visits.models import VisitStatus
from tests.browser.conftest import DESK, PHONE
from tests.browser.person import Person
from tests.support.makers import (
    make_company_user,
    make_grant,
    make_household,
    make_message,
    make_need,
    make_pairing,
    make_plan,
    make_pledge,
    make_proposal,
    make_reservation,
    make_staff,
    make_visit,
    make_volunteer_user,
)

pytestmark = pytest.mark.browser
AXE = Path(__file__).with_name("vendor").joinpath("axe.min.js").read_text(encoding="utf-8")
CHECK = """async () => (await axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}))
  .violations.filter(({impact}) => ['serious', 'critical'].includes(impact))
  .flatMap(({id, nodes}) => nodes.map(({target}) => `${id} at ${target}`))"""

PUBLIC = ("/", "/accounts/sign-in", "/volunteers/registration", "/enterprises/registration")
STAFF = (
    "/home", "/households", "/households/new", "/households/1", "/volunteers", "/volunteers/1",
    "/enterprises", "/enterprises/1", "/review", "/review/proposals/1", "/review/grants", "/review/grants/1",
    "/review/pledges/1", "/review/pairings/1", "/pairings", "/matching", "/matching/new",
    "/matching/new?kind=money", "/rosters", "/visits", "/visits/1", "/visits/new/1", "/inbox",
    "/inbox/deliveries", "/accounts", "/accounts/new", "/accounts/me",
)  # fmt: skip
VOLUNTEER = (
    "/home", "/matching/mine", "/matching/mine/1", "/visits/mine", "/visits/mine/1", "/visits/mine/1/report",
    "/visits/open?when=all", "/volunteers/me", "/volunteers/me/edit", "/inbox",
)  # fmt: skip
COMPANY = (
    "/home", "/enterprises/pledges", "/enterprises/pledges/new", "/enterprises/me", "/matching/grants/mine",
    "/matching/grants/1", "/review/pledges/1", "/inbox",
)  # fmt: skip
PAGES = {"staff": STAFF, "volunteer": VOLUNTEER, "company": COMPANY}


def seed():
    """Make one of everything that pages show; return who signs in, by role."""
    (helper, volunteer), (giver, enterprise) = make_volunteer_user(), make_company_user()
    home, pledge = make_household(), make_pledge(enterprise)
    make_grant(make_need(home, amount_fen=300_000), pledge)
    make_reservation(make_need(home, amount_fen=200_000), pledge)
    make_proposal(make_household(), volunteer)
    make_days(home, volunteer)
    staff = make_staff()
    for person in (staff, helper, giver):
        make_message(person, channel=Channel.INBOX, status=MessageStatus.SENT)
    return {"staff": staff.sign_in_name, "volunteer": helper.sign_in_name, "company": giver.sign_in_name}


def make_days(home, volunteer):
    """Make a visit of today with its reminder, and one that is open to all."""
    pairing, today = make_pairing(home, volunteer), clock.today()
    make_plan(pairing)
    make_visit(pairing, planned_on=today)
    open_to_all = {"status": VisitStatus.OPEN, "volunteer_id": None, "pairing_id": None}
    make_visit(pairing, planned_on=today + timedelta(days=3), purpose="看看暖气热不热", **open_to_all)


def faults(person: Person, paths: tuple[str, ...]) -> list[str]:
    """Return what axe finds on the pages at *paths*."""
    found = []
    for path in paths:
        person.goes_to(path).unrolls().page.evaluate(AXE)
        found += [f"{path}: {fault}" for fault in person.page.evaluate(CHECK)]
    return found


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_public_pages_are_open_to_all(new_page, viewport):
    assert faults(Person(new_page(viewport)), PUBLIC) == []


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(
    ("role", "paths"), [("staff", STAFF), ("volunteer", VOLUNTEER), ("company", COMPANY)]
)
def test_pages_of_a_role_are_open_to_all(site, new_page, viewport, role, paths):
    person = Person(new_page(viewport)).signs_in(site.make(seed)[role])

    assert faults(person, paths) == []

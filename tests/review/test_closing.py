"""A household leaves, and nothing stays behind."""

from datetime import timedelta

import pytest

from pairing.accounts.rules import Role
from pairing.audit.models import AuditEntry
from pairing.errors import RuleBroken
from pairing.funds.models import ReservationStatus
from pairing.households.models import HouseholdStatus
from pairing.matching.models import GrantStatus, ProposalStatus
from pairing.pairings.models import EndReason, PairingStatus
from pairing.review import services
from pairing.visits.models import VisitStatus
from tests.support.makers import (
    NOW,
    make_grant,
    make_household,
    make_need,
    make_pairing,
    make_proposal,
    make_reservation,
    make_staff,
    make_user,
    make_visit,
)


@pytest.fixture
def home(session):
    return make_household(visitors_wanted=3)


def test_whatever_is_under_way_ends_with_the_file(session, home):
    pairing, proposal = make_pairing(home), make_proposal(home)
    grant = make_grant(make_need(home, amount_fen=100_000))
    kept = make_reservation(make_need(home, amount_fen=100_000))
    visit = make_visit(pairing)

    services.close_household(session, home, make_staff(), "搬迁", NOW)

    assert home.status is HouseholdStatus.CLOSED
    assert (pairing.status, pairing.end_reason) == (PairingStatus.ENDED, EndReason.HOUSEHOLD_CLOSED)
    assert proposal.status is ProposalStatus.WITHDRAWN
    assert grant.status is GrantStatus.WITHDRAWN
    assert kept.status is ReservationStatus.RELEASED
    session.refresh(visit)
    assert visit.status is VisitStatus.CANCELLED


def test_what_belongs_to_another_household_stays(session, home):
    other = make_pairing(make_household())

    services.close_household(session, home, make_staff(), "搬迁", NOW)

    assert other.status is PairingStatus.ACTIVE


def test_a_household_leaves_once(session, home):
    services.close_household(session, home, make_staff(), "搬迁", NOW)

    with pytest.raises(RuleBroken, match="已退出"):
        services.close_household(session, home, make_staff(), "搬迁", NOW)


def test_the_page_says_what_ends_and_asks_for_a_reason(new_reader, session, home):
    make_pairing(home)
    page = new_reader(make_staff()).get(f"/review/households/{home.id}/close")
    assert "1 对" in page.text

    page = page.submit({"reason": ""}, status=422)
    assert "请填写退出原因" in page.text

    page = page.submit({"reason": "搬到外区"})
    assert "该户已退出" in page.text


def test_another_community_cannot_close_it(new_reader, session, home):
    stranger = new_reader(make_user(Role.COMMUNITY_WORKER, "370202001001"))

    stranger.get(f"/review/households/{home.id}/close", 404)


def test_a_proposal_whose_time_is_over_does_not_hold_the_file(session, home):
    late = make_proposal(home, expires_at=NOW - timedelta(hours=1))

    services.close_household(session, home, make_staff(), "搬迁", NOW)

    assert (late.status, home.status) == (ProposalStatus.EXPIRED, HouseholdStatus.CLOSED)


def test_a_double_click_closes_it_once(new_reader, session, home):
    page = new_reader(make_staff()).get(f"/review/households/{home.id}/close")

    answers = [page.submit({"reason": "搬到外区"}) for _click in range(2)]

    assert {answer.path for answer in answers} == {f"/households/{home.id}"}
    assert session.query(AuditEntry).filter_by(action="close_household").count() == 1

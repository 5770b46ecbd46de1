from datetime import timedelta

import pytest

from pairing.audit.models import AuditEntry
from pairing.errors import RuleBroken
from pairing.households.models import HouseholdStatus
from pairing.matching import services
from pairing.matching.models import DeclineReason, GrantStatus, ProposalStatus
from pairing.matching.rules.weights import Weights
from pairing.outbox.models import Message
from tests.support.makers import (
    DISTRICT,
    HOME,
    NOW,
    make_grant,
    make_household,
    make_proposal,
    make_staff,
    make_volunteer,
    make_volunteer_user,
)

WEEK = timedelta(days=7)
LATER = NOW + timedelta(days=3)


def test_accepting_gives_staff_seven_days_more(session):
    user, helper = make_volunteer_user()
    proposal = make_proposal(volunteer=helper)

    services.accept_proposal(session, proposal, user, LATER)

    assert (proposal.status, proposal.answered_at) == (ProposalStatus.ACCEPTED, LATER)
    assert proposal.expires_at == LATER + WEEK


def test_accepting_tells_the_nearest_staff_once_a_day(session):
    near = make_staff(HOME)
    make_staff(DISTRICT)

    for _ in range(2):
        services.accept_proposal(session, make_proposal(), None, NOW)

    assert [message.user_id for message in session.query(Message)] == [near.id]


def test_declining_keeps_the_reason_and_frees_the_place(session):
    home = make_household()
    proposal = make_proposal(home)
    make_volunteer()

    services.decline_proposal(session, proposal, None, DeclineReason.DISTANCE, " 太远 ", NOW)

    assert (proposal.status, proposal.decline_reason) == (ProposalStatus.DECLINED, DeclineReason.DISTANCE)
    assert proposal.decline_note == "太远"
    assert services.preview_people(session, DISTRICT, Weights(), None, NOW).summary["served"] == 1


def test_the_note_of_a_declined_proposal_stays_out_of_the_trail(session):
    services.decline_proposal(session, make_proposal(), None, DeclineReason.HEALTH, "住院了", NOW)

    entry = session.query(AuditEntry).filter_by(kind="deed").one()
    assert (entry.action, entry.detail) == ("decline_proposal", {"reason": "health"})


def test_who_has_accepted_can_still_say_no(session):
    proposal = make_proposal(status=ProposalStatus.ACCEPTED)

    services.decline_proposal(session, proposal, None, DeclineReason.TIME, "", NOW)

    assert proposal.status is ProposalStatus.DECLINED


@pytest.mark.parametrize("status", [status for status in ProposalStatus if status != "proposed"])
def test_an_answered_proposal_is_not_accepted_again(session, status):
    proposal = make_proposal(status=status)

    with pytest.raises(RuleBroken) as refused:
        services.accept_proposal(session, proposal, None, NOW)

    assert refused.value.code == ("proposal_expired" if status == "expired" else "already_answered")
    assert proposal.status is status


def test_a_proposal_whose_time_is_over_is_not_accepted(session):
    proposal = make_proposal()

    with pytest.raises(RuleBroken) as refused:
        services.accept_proposal(session, proposal, None, proposal.expires_at)

    assert refused.value.code == "proposal_expired"


def test_a_proposal_of_a_closed_household_is_not_accepted(session):
    proposal = make_proposal(make_household(status=HouseholdStatus.CLOSED))

    with pytest.raises(RuleBroken) as refused:
        services.accept_proposal(session, proposal, None, NOW)

    assert refused.value.code == "household_closed"


def test_open_proposals_expire_after_their_time_and_free_the_place(session):
    asked, accepted = make_proposal(), make_proposal(status=ProposalStatus.ACCEPTED)
    fresh = make_proposal(expires_at=NOW + 2 * WEEK)
    grant = make_grant()

    assert services.expire_open(session, NOW + WEEK) == 3

    assert {asked.status, accepted.status} == {ProposalStatus.EXPIRED}
    assert (fresh.status, grant.status) == (ProposalStatus.PROPOSED, GrantStatus.EXPIRED)
    assert services.expire_open(session, NOW + WEEK) == 0


def test_expiry_tells_nobody_but_the_trail(session):
    make_proposal(volunteer=make_volunteer_user()[1])

    services.expire_open(session, NOW + WEEK)

    assert session.query(Message).count() == 0
    assert [entry.actor_name for entry in session.query(AuditEntry).filter_by(kind="deed")] == ["system"]


def test_a_preview_frees_what_has_expired_though_no_scheduler_ran(session):
    make_proposal()

    run = services.preview_people(session, DISTRICT, Weights(), None, NOW + WEEK)

    assert run.summary["served"] == 1


def test_a_company_agrees_or_declines(session):
    yes, no = make_grant(), make_grant()

    services.agree_grant(session, yes, None, NOW)
    services.decline_grant(session, no, None, " 已另行资助 ", NOW)

    assert (yes.status, yes.expires_at) == (GrantStatus.AGREED, NOW + WEEK)
    assert (no.status, no.decline_note) == (GrantStatus.DECLINED, "已另行资助")


def test_agreeing_to_many_passes_by_those_that_are_over(session):
    grants = [make_grant(), make_grant(status=GrantStatus.DECLINED), make_grant(expires_at=NOW)]

    assert services.agree_grants(session, grants, None, NOW) == (1, 2)

    assert grants[0].status is GrantStatus.AGREED

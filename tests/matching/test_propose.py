from datetime import timedelta

import pytest

from pairing.errors import RuleBroken
from pairing.households.models import HouseholdStatus
from pairing.matching import services
from pairing.matching.models import MatchingRun, Proposal, ProposalStatus, RunStatus
from pairing.matching.rules.weights import Weights
from pairing.outbox.models import Channel, Message
from pairing.volunteers.models import VolunteerStatus
from tests.support.makers import (
    DISTRICT,
    NOW,
    make_household,
    make_pairing,
    make_proposal,
    make_staff,
    make_volunteer,
    make_volunteer_user,
)


def preview(session):
    return services.preview_people(session, DISTRICT, Weights(), None, NOW)


def test_proposals_carry_the_points_and_their_parts_and_expire_in_a_week(session):
    home, helper = make_household(), make_volunteer()
    run = preview(session)

    assert services.propose(session, run, make_staff(), NOW) == (1, 0)

    proposal = session.query(Proposal).one()
    assert (proposal.household_id, proposal.volunteer_id, proposal.run_id) == (home.id, helper.id, run.id)
    assert (proposal.status, proposal.expires_at) == (ProposalStatus.PROPOSED, NOW + timedelta(days=7))
    assert proposal.points == pytest.approx(sum(proposal.parts.values()), abs=0.05)


def test_a_run_is_proposed_once(session):
    make_household()
    make_volunteer()
    run = preview(session)
    services.propose(session, run, None, NOW)

    with pytest.raises(RuleBroken) as refused:
        services.propose(session, run, None, NOW)

    assert refused.value.code == "already_proposed"
    assert session.query(Proposal).count() == 1


def test_a_discarded_run_is_not_proposed(session):
    run = preview(session)
    services.discard_run(session, run, None, NOW)

    with pytest.raises(RuleBroken) as refused:
        services.propose(session, run, None, NOW)

    assert (refused.value.code, run.status) == ("run_discarded", RunStatus.DISCARDED)


def change_household(session, home, helper):
    home.note = "新的说明"


def change_volunteer(session, home, helper):
    helper.note = "新的说明"


def close_household(session, home, helper):
    home.status = HouseholdStatus.CLOSED


def pause_volunteer(session, home, helper):
    helper.status = VolunteerStatus.PAUSED


def take_place(session, home, helper):
    make_pairing(home, make_volunteer())


def take_capacity(session, home, helper):
    make_proposal(make_household(), helper)


def decide_pair(session, home, helper):
    make_proposal(home, helper, status=ProposalStatus.DECLINED)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (change_household, "changed"), (change_volunteer, "changed"), (close_household, "changed"),
        (pause_volunteer, "changed"), (take_place, "no_place"), (take_capacity, "no_capacity"),
        (decide_pair, "decided"),
    ],
)  # fmt: skip
def test_what_changed_since_the_preview_is_skipped_and_counted(session, change, reason):
    home, helper = make_household(), make_volunteer()
    run = preview(session)
    change(session, home, helper)
    session.flush()

    assert services.propose(session, run, None, NOW) == (0, 1)

    assert run.summary["proposed"] == {"written": 0, "skipped": {reason: 1}}
    assert session.query(Proposal).filter_by(run_id=run.id).count() == 0


def test_a_second_run_leaves_decided_and_open_pairs_alone(session):
    pairing, asked = make_pairing(), make_proposal()
    home, helper = make_household(), make_volunteer()

    run = preview(session)
    services.propose(session, run, None, NOW)

    new = session.query(Proposal).filter_by(run_id=run.id).one()
    assert (new.household_id, new.volunteer_id) == (home.id, helper.id)
    assert (asked.status, pairing.ended_on) == (ProposalStatus.PROPOSED, None)


def test_two_previews_of_the_same_places_do_not_fill_them_twice(session):
    make_household()
    make_volunteer(capacity=2)
    one, other = preview(session), preview(session)

    assert services.propose(session, one, None, NOW) == (1, 0)
    assert services.propose(session, other, None, NOW) == (0, 1)


def test_the_volunteer_is_told_once_and_nothing_personal(session):
    user, _helper = make_volunteer_user(capacity=2)
    homes = [make_household(head_name="欧阳秀英"), make_household(head_name="欧阳建国")]

    services.propose(session, preview(session), None, NOW)

    messages = session.query(Message).filter_by(user_id=user.id).all()
    assert {message.channel for message in messages} == {Channel.INBOX, Channel.EMAIL}
    assert len(messages) == len(homes) == 2
    assert not any("欧阳" in message.subject + message.body + message.link for message in messages)


def test_a_volunteer_without_account_is_asked_without_a_message(session):
    make_household()
    make_volunteer()

    services.propose(session, preview(session), None, NOW)

    assert session.query(Message).count() == 0


def test_an_empty_preview_can_be_proposed(session):
    run = preview(session)

    assert services.propose(session, run, None, NOW) == (0, 0)
    assert session.get_one(MatchingRun, run.id).status is RunStatus.PROPOSED

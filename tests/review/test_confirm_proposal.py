from datetime import date, timedelta

import pytest

from pairing.audit.models import AuditEntry
from pairing.consents.queries import find_standing
from pairing.consents.rules import Purpose, WithdrawnHow
from pairing.errors import RuleBroken
from pairing.matching.models import ProposalStatus
from pairing.outbox.models import Channel, Message
from pairing.pairings.models import Pairing, PairingStatus
from pairing.review import services
from pairing.review.rules import How
from pairing.values.half_days import bit
from pairing.visits.models import Frequency, Visit
from tests.consents.makers import with_child, yes
from tests.support.makers import (
    MONDAY,
    NOW,
    make_consent,
    make_household,
    make_pairing,
    make_proposal,
    make_staff,
    make_volunteer,
    make_volunteer_user,
)

THURSDAY = date(2026, 12, 3)
MORNING = bit(3, 0)
READY = {"status": ProposalStatus.ACCEPTED, "answered_at": NOW, "consent_at": NOW, "consent_how": "phone"}


def confirm(session, proposal, by=None):
    plan = THURSDAY, Frequency.WEEKLY, MORNING
    return services.confirm_proposal(session, proposal, by or make_staff(), *plan, NOW)


def refusal(session, proposal, by=None):
    with pytest.raises(RuleBroken) as refused:
        confirm(session, proposal, by)
    return refused.value.code


def test_confirm_starts_the_pairing_and_its_visits(session):
    proposal, staff = make_proposal(**READY), make_staff()

    pairing = confirm(session, proposal, staff)

    assert (pairing.status, pairing.confirmed_by_id) == (PairingStatus.ACTIVE, staff.id)
    assert (proposal.status, proposal.pairing_id) == (ProposalStatus.CONFIRMED, pairing.id)
    first = session.query(Visit).order_by(Visit.planned_on).first()
    assert (first.planned_on, first.volunteer_id) == (THURSDAY, proposal.volunteer_id)


def test_the_volunteer_is_told_of_the_first_visit_without_a_name(session):
    user, volunteer = make_volunteer_user()
    confirm(session, make_proposal(make_household("孙桂兰"), volunteer, **READY))

    messages = session.query(Message).filter_by(user_id=user.id).all()

    assert {message.channel for message in messages} == {Channel.INBOX, Channel.EMAIL}
    assert {message.subject for message in messages} == {"结对已确认,首次走访 12 月 3 日周四上午"}
    assert not any("孙桂兰" in message.subject + message.body for message in messages)


def test_a_volunteer_without_account_gets_no_message(session):
    confirm(session, make_proposal(**READY))

    assert session.query(Message).count() == 0


@pytest.mark.parametrize("status", set(ProposalStatus) - {ProposalStatus.ACCEPTED, ProposalStatus.PROPOSED})
def test_confirm_refuses_a_decided_proposal(session, status):
    assert refusal(session, make_proposal(**READY | {"status": status})) == "already_decided"


def test_confirm_refuses_what_the_volunteer_has_not_accepted(session):
    assert refusal(session, make_proposal(consent_at=NOW)) == "not_accepted"


def test_confirm_refuses_without_the_consent_of_the_household(session):
    assert refusal(session, make_proposal(status=ProposalStatus.ACCEPTED)) == "no_consent"


def test_confirm_refuses_once_the_household_has_taken_its_consent_back(session):
    proposal = make_proposal(**READY)
    consent = find_standing(session, proposal.household_id, Purpose.PAIRING)
    consent.withdrawn_on, consent.withdrawn_how = MONDAY, WithdrawnHow.PHONE

    assert refusal(session, proposal) == "consent_missing"
    assert session.query(Pairing).count() == 0


def test_confirm_refuses_while_no_guardian_has_spoken_for_a_child(session):
    household, _child = with_child()
    make_consent(household, guardians=[])

    assert refusal(session, make_proposal(household, **READY)) == "consent_missing"


@pytest.mark.parametrize(("left", "code"), [(timedelta(0), "proposal_expired"), (timedelta(seconds=1), None)])
def test_confirm_refuses_a_proposal_from_its_last_moment_on(session, left, code):
    proposal = make_proposal(**READY, expires_at=NOW + left)

    assert (refusal(session, proposal) if code else confirm(session, proposal).id and None) == code


def test_confirm_refuses_staff_who_are_the_volunteer(session):
    staff = make_staff()
    proposal = make_proposal(volunteer=make_volunteer(user_id=staff.id), **READY)

    assert refusal(session, proposal, staff) == "own_proposal"
    assert confirm(session, proposal, make_staff()).volunteer_id == proposal.volunteer_id


def test_a_refused_confirmation_leaves_the_proposal_as_it_was(session):
    household = make_household(visitors_wanted=1)
    make_pairing(household)
    proposal = make_proposal(household, **READY)

    assert refusal(session, proposal) == "no_place"
    assert proposal.status is ProposalStatus.ACCEPTED
    assert session.query(Pairing).count() == 1


def test_confirming_as_suggested_takes_the_nearest_common_half_day(session):
    household = make_household(half_days=MORNING | bit(5, 1))
    proposal = make_proposal(household, make_volunteer(half_days=MORNING), **READY)

    services.confirm_as_suggested(session, proposal, make_staff(), NOW)

    first = session.query(Visit).order_by(Visit.planned_on).first()
    assert first.planned_on == date(2026, 11, 26)


def test_the_trail_names_the_deed_and_the_pairing(session):
    pairing = confirm(session, make_proposal(**READY))

    entry = session.query(AuditEntry).filter_by(action="confirm_proposal").one()

    assert entry.detail == {"pairing_id": pairing.id}


def test_consent_and_confirmation_follow_one_another(session):
    household, staff = make_household(), make_staff()
    proposal = make_proposal(household, status=ProposalStatus.ACCEPTED)

    services.note_consent(session, proposal, staff, How.IN_PERSON, NOW, yes(household))

    assert confirm(session, proposal, staff).household_id == proposal.household_id

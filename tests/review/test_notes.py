"""What staff note: answers of people without account, consents and refusals of households."""

from datetime import timedelta

import pytest

from pairing.consents.queries import has_consent
from pairing.consents.rules import Purpose
from pairing.errors import RuleBroken
from pairing.matching.models import DeclineReason, ProposalStatus
from pairing.outbox.models import Message
from pairing.review import services
from pairing.review.rules import How
from tests.consents.makers import yes
from tests.support.makers import (
    MONDAY,
    NOW,
    make_consent,
    make_household,
    make_proposal,
    make_staff,
    make_volunteer,
    make_volunteer_user,
)

ACCEPTED = {"status": ProposalStatus.ACCEPTED, "answered_at": NOW}


def answer(session, proposal, reason=None, note=""):
    services.note_answer(session, proposal, make_staff(), How.PHONE, reason, note, NOW)


def code_of(deed, *arguments):
    with pytest.raises(RuleBroken) as refused:
        deed(*arguments)
    return refused.value.code


def test_a_yes_by_phone_is_accepted(session):
    proposal = make_proposal()

    answer(session, proposal)

    assert (proposal.status, proposal.answered_at) == (ProposalStatus.ACCEPTED, NOW)


def test_a_no_by_phone_is_declined_with_its_reason(session):
    proposal = make_proposal()

    answer(session, proposal, DeclineReason.DISTANCE, "搬家了")

    assert (proposal.status, proposal.decline_reason) == (ProposalStatus.DECLINED, DeclineReason.DISTANCE)
    assert proposal.decline_note == "搬家了"


def test_nobody_answers_for_a_volunteer_with_an_account(session):
    _, volunteer = make_volunteer_user()

    assert code_of(answer, session, make_proposal(volunteer=volunteer)) == "has_account"


def test_an_answer_is_noted_once(session):
    proposal = make_proposal()
    answer(session, proposal)

    assert code_of(answer, session, proposal) == "already_answered"


def test_consent_keeps_who_how_and_when(session):
    household, staff = make_household(), make_staff()
    proposal = make_proposal(household, **ACCEPTED)

    services.note_consent(session, proposal, staff, How.WRITTEN, NOW, yes(household))

    assert has_consent(session, household.id, Purpose.PAIRING, MONDAY)
    assert (proposal.consent_at, proposal.consent_by_id, proposal.consent_how) == (NOW, staff.id, "written")


def test_a_household_that_has_not_consented_to_pairing_is_asked_for_it(session):
    proposal, staff = make_proposal(**ACCEPTED), make_staff()

    assert code_of(services.note_consent, session, proposal, staff, How.PHONE, NOW) == "consent_missing"
    assert proposal.consent_at is None


def test_the_consent_to_pairing_serves_the_next_volunteer_too(session):
    household, staff = make_household(visitors_wanted=2), make_staff()
    consent = make_consent(household)
    proposal = make_proposal(household, **ACCEPTED)

    services.note_consent(session, proposal, staff, How.PHONE, NOW)

    assert proposal.consent_at == NOW
    assert consent.is_standing


def test_consent_is_noted_once(session):
    proposal = make_proposal(**ACCEPTED, consent_at=NOW)

    assert code_of(services.note_consent, session, proposal, make_staff(), How.PHONE, NOW) == "consent_noted"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"status": ProposalStatus.EXPIRED}, "already_decided"),
        ({"expires_at": NOW - timedelta(seconds=1)}, "proposal_expired"),
    ],
)
def test_consent_is_refused_for_what_is_over(session, given, code):
    proposal = make_proposal(**ACCEPTED | given)

    assert code_of(services.note_consent, session, proposal, make_staff(), How.PHONE, NOW) == code


def test_nobody_notes_the_consent_to_their_own_visits(session):
    staff = make_staff()
    proposal = make_proposal(volunteer=make_volunteer(user_id=staff.id), **ACCEPTED)

    assert code_of(services.note_consent, session, proposal, staff, How.PHONE, NOW) == "own_proposal"


def test_a_household_that_says_no_frees_the_place(session):
    proposal, staff = make_proposal(**ACCEPTED, consent_at=NOW), make_staff()

    services.refuse_consent(session, proposal, staff, How.PHONE, "想再等等", NOW)

    assert (proposal.status, proposal.consent_at) == (ProposalStatus.REFUSED, None)
    assert (proposal.decided_by_id, proposal.decline_note) == (staff.id, "想再等等")
    make_proposal(make_household(), **ACCEPTED)  # an open one for the same pair would be refused by the index


def test_the_volunteer_hears_of_a_no_without_the_reason(session):
    user, volunteer = make_volunteer_user()
    proposal = make_proposal(make_household("孙桂兰"), volunteer, **ACCEPTED)

    services.refuse_consent(session, proposal, make_staff(), How.PHONE, "信不过", NOW)

    bodies = [message.body for message in session.query(Message).filter_by(user_id=user.id)]
    assert len(bodies) == 2
    assert not any("信不过" in body or "孙桂兰" in body for body in bodies)


def test_a_refusal_is_refused_for_what_was_decided(session):
    proposal = make_proposal(status=ProposalStatus.CONFIRMED)

    assert (
        code_of(services.refuse_consent, session, proposal, make_staff(), How.PHONE, "", NOW)
        == "already_decided"
    )


def test_a_withdrawn_proposal_tells_the_volunteer_and_cannot_be_withdrawn_again(session):
    user, volunteer = make_volunteer_user()
    proposal, staff = make_proposal(volunteer=volunteer, **ACCEPTED), make_staff()

    services.withdraw_proposal(session, proposal, staff, "是亲戚", NOW)

    message = session.query(Message).filter_by(user_id=user.id, channel="inbox").one()
    assert (message.subject, "是亲戚" in message.body) == ("一条结对建议没有成功", False)
    assert code_of(services.withdraw_proposal, session, proposal, staff, "", NOW) == "already_decided"

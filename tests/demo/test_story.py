"""The invented district: nobody in it exists, and everybody has something to do."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from pairing import clock
from pairing.accounts.models import User
from pairing.accounts.rules import DEMO_SECRET, NEEDS_FACTOR
from pairing.db import transaction
from pairing.demo.rules import Inventor
from pairing.demo.services import SEED, Size, seed_registers
from pairing.households.models import Member
from pairing.matching.models import Grant, GrantStatus, Proposal, ProposalStatus
from pairing.outbox.models import Message, MessageStatus
from pairing.pairings.models import Pairing, PairingStatus
from pairing.rehearsal.services import rehearse
from pairing.visits.models import Visit, VisitStatus
from pairing.volunteers.models import Volunteer, VolunteerStatus
from tests.support.makers import NOW

SMALL = Size(dibao=60, dibao_marginal=6, major_illness=6, others=8, volunteers=60, companies=6)
TODAY = clock.local(NOW).date()


def play(app):
    with app.app_context(), transaction() as session:
        rehearse(session, seed_registers(session, TODAY, NOW, SMALL), TODAY)


@pytest.fixture
def district(live_app):
    """Play the story once, and look at it in a session of its own."""
    play(live_app)
    with live_app.app_context(), transaction() as session:
        yield session


def count(session, *where):
    return session.scalar(select(func.count()).where(*where))


def test_everybody_is_invented_and_everybody_has_something_to_do(district):
    columns = (Member.identity_number, Volunteer.identity_number)
    numbers = [number for column in columns for number in district.scalars(select(column))]
    assert {number[:6] for number in numbers} == {"370299"}
    assert len(set(numbers)) == len(numbers)

    assert count(district, Proposal.status == ProposalStatus.PROPOSED)
    assert count(district, Proposal.status == ProposalStatus.ACCEPTED, Proposal.consent_at.is_(None))
    assert count(district, Proposal.status == ProposalStatus.ACCEPTED, Proposal.consent_at.is_not(None))
    assert count(district, Grant.status == GrantStatus.PROPOSED)
    assert count(district, Visit.status == VisitStatus.OPEN)
    assert count(district, Visit.status == VisitStatus.DONE)
    assert count(district, Volunteer.status == VolunteerStatus.PENDING) == 5
    assert count(district, Pairing.status == PairingStatus.ACTIVE)


def test_staff_of_the_demo_owe_the_codes_of_the_invented_telephone(district):
    staff = User.role.in_(NEEDS_FACTOR)

    assert {user.totp_secret for user in district.scalars(select(User).where(staff))} == {DEMO_SECRET}
    assert {user.totp_secret for user in district.scalars(select(User).where(~staff))} == {None}


def test_the_mail_of_the_past_is_not_sent_again(district):
    old = Message.created_at < NOW - timedelta(days=2)

    assert count(district, old, Message.status == MessageStatus.SENT)
    assert not count(district, old, Message.status == MessageStatus.QUEUED)


def test_the_short_sign_ins_belong_to_people_with_work(district):
    volunteer = district.scalars(select(User).where(User.sign_in_name == "volunteer")).one()
    row = district.scalars(select(Volunteer).where(Volunteer.user_id == volunteer.id)).one()

    assert count(district, Proposal.volunteer_id == row.id, Proposal.status == ProposalStatus.PROPOSED)


def test_the_same_day_invents_the_same_people():
    first, second = (Inventor(SEED, TODAY) for _ in range(2))

    assert [invent(first) for _ in range(50)] == [invent(second) for _ in range(50)]


def invent(inventor):
    gender = inventor.gender()
    birth = inventor.birth(18, 90)
    return inventor.name(gender), inventor.identity(birth, gender), inventor.phone(), inventor.half_days(4)


def test_the_default_is_the_district_of_the_article():
    size = Size()

    assert (size.dibao, size.dibao_marginal, size.major_illness, size.others) == (2447, 151, 133, 300)
    assert (size.volunteers, size.companies) == (3000, 60)

"""The register of volunteers: one row per person, accounts tied to rows, decisions made once."""

import pytest

from pairing.accounts.models import AccountStatus, User
from pairing.accounts.services import NewAccount
from pairing.errors import NotFound, RuleBroken
from pairing.outbox.models import Channel, Message
from pairing.volunteers import services
from pairing.volunteers.models import Reach, Skill, VolunteerStatus
from pairing.volunteers.queries import count_pending_volunteers, known_identities
from pairing.volunteers.services import OfferValues, VolunteerValues
from tests.support.makers import (
    HOME,
    MONDAY,
    NEARBY,
    NOW,
    OUTSIDE,
    identity_number,
    make_staff,
    make_user,
    make_volunteer,
    make_volunteer_user,
    phone_number,
)


def values(**given):
    known = {
        "area_code": HOME,
        "name": "林晓",
        "identity_number": identity_number(),
        "phone": phone_number(),
        "registered_on": MONDAY,
        "half_days": 0b101,
        "skills": (Skill.CARE, Skill.LEGAL),
    }
    return VolunteerValues(**known | given)


def apply(session, said=None, name="linxiao", email="lin@example.com"):
    return services.apply_as_volunteer(session, said or values(), NewAccount(name, "a hash", email), NOW)


def test_a_row_keeps_what_was_said(session):
    row = services.register_volunteer(session, values(), make_staff(HOME), NOW)

    assert (row.status, row.half_days, row.gender.value) == (VolunteerStatus.ACTIVE, 0b101, "female")
    assert [able.skill for able in row.skills] == [Skill.CARE, Skill.LEGAL]
    assert " lx " in row.name_pinyin


def test_a_person_stands_in_the_register_once(session):
    number = identity_number()
    services.register_volunteers(session, [values(identity_number=number), values()], None, NOW)

    with pytest.raises(RuleBroken) as refused:
        services.register_volunteer(session, values(identity_number=number), None, NOW)

    assert refused.value.code == "already_registered"
    assert known_identities(session, [number, identity_number()]) == {number}


def test_the_database_itself_refuses_the_second_row(session):
    with pytest.raises(RuleBroken) as refused:
        services.register_volunteers(session, [values(identity_number=identity_number())] * 2, None, NOW)

    assert refused.value.code == "already_registered"


def test_staff_register_in_their_own_area_only(session):
    with pytest.raises(NotFound):
        services.register_volunteer(session, values(area_code=OUTSIDE), make_staff(HOME), NOW)


def test_row_and_account_wait_and_the_nearest_staff_hear_of_it(session):
    near, far = make_staff(HOME), make_staff()
    row = apply(session)

    user = session.get_one(User, row.user_id)
    told = session.query(Message).filter_by(channel=Channel.INBOX)
    assert (row.status, user.status) == (VolunteerStatus.PENDING, AccountStatus.PENDING)
    assert [message.user_id for message in told] == [near.id]
    assert [count_pending_volunteers(session, staff) for staff in (near, far, make_staff(NEARBY))] == [
        1,
        1,
        0,
    ]


@pytest.mark.parametrize("approve", [True, False])
def test_a_decision_moves_row_and_account_together_and_once(session, approve):
    row, by = apply(session), make_staff(HOME)

    services.decide_volunteer(session, row, by, approve, NOW)

    user = session.get_one(User, row.user_id)
    expected = ("active", "active") if approve else ("refused", "refused")
    assert (row.status.value, user.status.value) == expected
    assert session.query(Message).filter_by(user_id=user.id).count() == (2 if approve else 0)
    with pytest.raises(RuleBroken) as again:
        services.decide_volunteer(session, row, by, approve, NOW)
    assert again.value.code == "already_decided"


def test_an_account_is_tied_to_a_known_row_at_approval_and_not_before(session):
    known = make_volunteer(name="林晓")
    row = apply(session, values(identity_number=known.identity_number, name="假名"))

    assert (row.id, row.name, row.status, row.user_id) == (known.id, "林晓", VolunteerStatus.ACTIVE, None)
    assert count_pending_volunteers(session, make_staff(HOME)) == 1
    services.decide_volunteer(session, row, make_staff(HOME), True, NOW)
    assert session.get_one(User, row.user_id).status is AccountStatus.ACTIVE
    assert row.claimed_by_id is None


def test_a_refused_claim_leaves_the_row_as_it_was(session):
    known = make_volunteer()
    row = apply(session, values(identity_number=known.identity_number))

    services.decide_volunteer(session, row, make_staff(HOME), False, NOW)

    assert (known.status, known.user_id, known.claimed_by_id) == (VolunteerStatus.ACTIVE, None, None)
    assert session.query(User).filter_by(sign_in_name="linxiao").one().status is AccountStatus.REFUSED


def test_somebody_refused_may_apply_again(session):
    first = values()
    services.decide_volunteer(session, apply(session, first), make_staff(HOME), False, NOW)

    again = apply(session, values(identity_number=first.identity_number, name="林小"), name="second")

    assert (again.name, again.status) == ("林小", VolunteerStatus.PENDING)


def test_whoever_has_an_account_already_hears_of_the_attempt_and_staff_too(session):
    owner, known = make_volunteer_user()
    near = make_staff(HOME)

    assert apply(session, values(identity_number=known.identity_number)) is None

    told = session.query(Message).filter_by(channel=Channel.INBOX)
    assert {message.user_id for message in told} == {owner.id, near.id}
    assert session.query(User).filter_by(sign_in_name="linxiao").count() == 0


def test_a_taken_name_makes_a_row_for_staff_and_no_account(session):
    owner, near = make_user(sign_in_name="linxiao"), make_staff(HOME)

    row = apply(session)

    told = [message.user_id for message in session.query(Message).filter_by(channel=Channel.INBOX)]
    assert (row.user_id, row.status) == (None, VolunteerStatus.PENDING)
    assert {owner.id, near.id} <= set(told)


def test_an_offer_is_changed_and_paused(session):
    user, row = make_volunteer_user(skills=[Skill.CARE])
    offer = OfferValues(half_days=1, skills=(Skill.LEGAL, Skill.CARE), reach=Reach.DISTRICT, capacity=3)

    services.update_offer(session, row, offer, user, NOW)
    services.pause_volunteer(session, row, user, NOW)

    assert {able.skill for able in row.skills} == {Skill.LEGAL, Skill.CARE}
    assert (row.half_days, row.reach, row.capacity) == (1, Reach.DISTRICT, 3)
    with pytest.raises(RuleBroken, match="暂停"):
        services.pause_volunteer(session, row, user, NOW)
    services.resume_volunteer(session, row, user, NOW)
    assert row.status is VolunteerStatus.ACTIVE

from datetime import timedelta

import pytest

from pairing import clock
from pairing.accounts.models import User
from pairing.db import transaction
from pairing.errors import NotFound, RuleBroken
from pairing.households.models import GenderWish, HouseholdStatus
from pairing.values.half_days import ALL, bit
from pairing.values.people import Gender
from pairing.visits import queries, services
from pairing.visits.models import Reminder, Visit, VisitStatus
from pairing.volunteers.models import Reach, Volunteer, VolunteerStatus
from tests.support.makers import (
    HOME,
    MONDAY,
    NEARBY,
    NOW,
    OUTSIDE,
    make_household,
    make_staff,
    make_visit,
    make_volunteer_user,
)
from tests.support.together import together

TUESDAY = MONDAY + timedelta(days=1)
CROWD = 20


def offer(session, **given):
    household = make_household(**given)
    return services.open_visit(session, household, TUESDAY, bit(1, 1), "聊聊天", make_staff(), NOW)


def test_signing_up_plans_the_visit_and_its_reminders(session):
    user, volunteer = make_volunteer_user()
    visit = offer(session)

    services.sign_up(session, visit, volunteer, user, NOW)

    assert (visit.status, visit.volunteer_id) == (VisitStatus.PLANNED, volunteer.id)
    assert session.query(Reminder).where(Reminder.visit_id == visit.id).count() == 6


def test_withdrawing_opens_the_visit_again_without_reminders(session):
    user, volunteer = make_volunteer_user()
    visit = offer(session)
    services.sign_up(session, visit, volunteer, user, NOW)

    services.withdraw_sign_up(session, visit, user, NOW)

    assert (visit.status, visit.volunteer_id) == (VisitStatus.OPEN, None)
    assert {row.status for row in queries.list_reminders(session, visit)} == {"cancelled"}


def test_a_visit_of_a_pairing_cannot_be_withdrawn(session):
    user, _ = make_volunteer_user()

    with pytest.raises(RuleBroken, match="联系社区改期"):
        services.withdraw_sign_up(session, make_visit(), user, NOW)


def test_who_is_busy_then_is_refused(session):
    user, volunteer = make_volunteer_user()
    make_visit(volunteer_id=volunteer.id, planned_on=TUESDAY, starts_at=clock.at(TUESDAY, 15))

    with pytest.raises(RuleBroken, match="已有另一次走访"):
        services.sign_up(session, offer(session), volunteer, user, NOW)


@pytest.mark.parametrize(
    ("volunteer_given", "household_given", "now", "code"),
    [
        ({"status": VolunteerStatus.PAUSED}, {}, NOW, "volunteer_not_active"),
        ({"gender": Gender.MALE}, {"gender_wish": GenderWish.FEMALE}, NOW, "gender_wish"),
        ({}, {}, clock.at(TUESDAY, 15), "visit_in_past"),
    ],
)
def test_sign_up_refuses(session, volunteer_given, household_given, now, code):
    user, volunteer = make_volunteer_user(**volunteer_given)
    visit = offer(session, **household_given)

    with pytest.raises(RuleBroken) as refused:
        services.sign_up(session, visit, volunteer, user, now)

    assert refused.value.code == code


def test_no_visit_is_offered_for_a_closed_file(session):
    with pytest.raises(RuleBroken, match="已关闭"):
        offer(session, status=HouseholdStatus.CLOSED)


def test_open_visits_are_those_in_reach_with_the_best_first(session):
    _, volunteer = make_volunteer_user(half_days=ALL & ~bit(1, 0), reach=Reach.SUBDISTRICT)
    near, street = offer(session), offer(session, area_code=NEARBY)
    offer(session, area_code=OUTSIDE)
    offer(session, gender_wish=GenderWish.MALE)
    morning = services.open_visit(session, make_household(), TUESDAY, bit(1, 0), "看看", make_staff(), NOW)

    found = queries.list_open_visits(session, volunteer, NOW)

    assert [item.visit.id for item in found] == [near.id, morning.id, street.id]
    assert [(item.is_near, item.fits) for item in found] == [(True, True), (True, False), (False, True)]


def test_a_visit_out_of_reach_does_not_exist_for_the_volunteer(session):
    _, volunteer = make_volunteer_user(area_code=HOME)
    visit = offer(session, area_code=OUTSIDE)

    with pytest.raises(NotFound):
        queries.get_open_visit(session, visit.id, volunteer)


def test_the_last_place_is_taken_once(live_app):
    with live_app.app_context(), transaction() as session:
        visit_id = offer(session).id
        people = [
            (user.id, volunteer.id) for user, volunteer in (make_volunteer_user() for _ in range(CROWD))
        ]

    def deed(number):
        user_id, volunteer_id = people[number]
        with live_app.app_context(), transaction() as session:
            visit, volunteer = session.get_one(Visit, visit_id), session.get_one(Volunteer, volunteer_id)
            services.sign_up(session, visit, volunteer, session.get_one(User, user_id), NOW)

    answers = together(CROWD, deed)

    assert [answer for answer in answers if answer is None] == [None]
    assert {answer.code for answer in answers if answer} == {"already_taken"}

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from pairing import clock
from pairing.errors import RuleBroken
from pairing.pairings.models import PairingStatus
from pairing.values.half_days import bit
from pairing.visits import services
from pairing.visits.models import Frequency, Reminder, ReminderStatus, Visit, VisitStatus
from tests.support.makers import MONDAY, NOW, make_pairing, make_staff, make_visit, make_volunteer_user

WEEK = timedelta(days=7)
AFTERNOON = bit(0, 1)


def plan(session, pairing, first=MONDAY + WEEK, frequency=Frequency.WEEKLY):
    return services.plan_visits(session, pairing, first, frequency, AFTERNOON, make_staff(), NOW)


def visits_of(session, pairing):
    return session.scalars(
        select(Visit).where(Visit.pairing_id == pairing.id).order_by(Visit.planned_on)
    ).all()


def test_a_plan_lays_a_quarter_of_visits_in_the_agreed_half_day(session):
    pairing = make_pairing()

    plan(session, pairing)

    visits = visits_of(session, pairing)
    assert [visit.planned_on for visit in visits] == [MONDAY + WEEK * n for n in range(1, 14)]
    assert {clock.local(visit.starts_at).hour for visit in visits} == {15}
    assert {visit.volunteer_id for visit in visits} == {pairing.volunteer_id}


def test_a_plan_leaves_out_a_day_on_which_the_pair_meets_anyway(session):
    pairing = make_pairing()
    make_visit(pairing, planned_on=MONDAY + WEEK * 2)

    plan(session, pairing)

    days = [visit.planned_on for visit in visits_of(session, pairing)]
    assert len(days) == len(set(days)) == 13


def test_the_first_visit_may_lie_beyond_the_quarter(session):
    pairing = make_pairing()

    plan(session, pairing, first=MONDAY + WEEK * 20)

    assert [visit.planned_on for visit in visits_of(session, pairing)] == [MONDAY + WEEK * 20]


def test_a_plan_in_the_past_is_refused(session):
    with pytest.raises(RuleBroken, match="不能早于今天"):
        plan(session, make_pairing(), first=MONDAY - WEEK)


def test_a_pairing_has_one_plan(session):
    pairing = make_pairing()
    plan(session, pairing)

    with pytest.raises(RuleBroken, match="已有走访安排"):
        plan(session, pairing)


def test_laying_ahead_adds_only_what_has_come_near(session):
    pairing = make_pairing()
    plan(session, pairing)

    first = services.lay_ahead(session, NOW + WEEK)
    second = services.lay_ahead(session, NOW + WEEK)

    assert (first, second) == (1, 0)
    assert visits_of(session, pairing)[-1].planned_on == MONDAY + WEEK * 14


def test_laying_ahead_takes_some_plans_and_then_the_others(session):
    pairings = [make_pairing() for _ in range(3)]
    for pairing in pairings:
        plan(session, pairing)

    taken = [services.lay_ahead(session, NOW + WEEK, limit=2) for _ in range(3)]

    assert taken == [2, 1, 0]
    assert {visits_of(session, pairing)[-1].planned_on for pairing in pairings} == {MONDAY + WEEK * 14}


def test_after_a_long_pause_no_visit_is_laid_into_the_past(session):
    pairing = make_pairing()
    plan(session, pairing)

    services.lay_ahead(session, NOW + WEEK * 30)

    laid = [visit.planned_on for visit in visits_of(session, pairing)][13:]
    assert laid[0] == MONDAY + WEEK * 30
    assert laid[-1] == MONDAY + WEEK * 43


def test_nothing_is_laid_for_a_pairing_that_has_ended(session):
    pairing = make_pairing()
    plan(session, pairing)
    pairing.status = PairingStatus.ENDED

    assert services.lay_ahead(session, NOW + WEEK * 4) == 0


def test_ending_cancels_what_lies_ahead_and_its_reminders(session):
    _, volunteer = make_volunteer_user()
    pairing = make_pairing(volunteer=volunteer)
    late = make_visit(pairing, planned_on=date(2026, 11, 16))
    plan(session, pairing)

    cancelled = services.cancel_future_visits(session, pairing, make_staff(), NOW)

    assert cancelled == 13
    assert late.status is VisitStatus.PLANNED
    session.expire_all()
    assert set(session.scalars(select(Reminder.status))) == {ReminderStatus.CANCELLED}

from datetime import timedelta

import pytest
from sqlalchemy import select

from pairing.errors import RuleBroken
from pairing.outbox.models import Message
from pairing.visits import queries, services
from pairing.visits.models import Mood, ReminderStatus, Topic, Visit, VisitStatus
from pairing.visits.services import ReportValues
from tests.support.makers import HOME, MONDAY, NOW, make_pairing, make_staff, make_visit, make_volunteer_user

DAY = timedelta(days=1)
NOBODY = ReportValues(is_met=False, visited_on=MONDAY)


def make_todays_visit(session):
    user, volunteer = make_volunteer_user()
    visit = make_visit(make_pairing(volunteer=volunteer), planned_on=MONDAY)
    services.settle_reminders(session, [visit], NOW)
    return visit, user


def test_a_report_closes_the_visit_and_its_reminders(session):
    visit, user = make_todays_visit(session)
    values = ReportValues(True, MONDAY, 45, (Topic.HEALTH, Topic.WORK), Mood.GOOD, "一切都好")

    report = services.report_visit(session, visit, values, user, NOW)

    assert visit.status is VisitStatus.DONE
    assert (report.minutes, report.talked_about, report.mood) == (45, [Topic.HEALTH, Topic.WORK], Mood.GOOD)
    session.expire_all()
    assert {row.status for row in queries.list_reminders(session, visit)} == {ReminderStatus.CANCELLED}


def test_a_visit_that_met_nobody_is_tried_again_within_three_days(session):
    visit, user = make_todays_visit(session)

    services.report_visit(session, visit, NOBODY, user, NOW)

    retry = session.scalars(select(Visit).where(Visit.retry_of_id == visit.id)).one()
    assert visit.status is VisitStatus.NOT_MET
    assert (retry.planned_on, retry.status) == (MONDAY + DAY * 2, VisitStatus.PLANNED)
    assert (retry.volunteer_id, retry.pairing_id) == (visit.volunteer_id, visit.pairing_id)
    assert len(queries.list_reminders(session, retry)) == 6


def test_a_visit_that_comes_soon_anyway_is_the_next_try(session):
    visit, user = make_todays_visit(session)
    make_visit(
        household_id=visit.household_id,
        pairing_id=visit.pairing_id,
        volunteer_id=visit.volunteer_id,
        planned_on=MONDAY + DAY * 3,
    )

    services.report_visit(session, visit, NOBODY, user, NOW)

    assert session.scalars(select(Visit).where(Visit.retry_of_id == visit.id)).all() == []


def test_an_urgent_report_reaches_the_nearest_staff_at_once(session):
    staff = make_staff(HOME)
    visit, user = make_todays_visit(session)

    services.report_visit(session, visit, ReportValues(True, MONDAY, 15, (), Mood.URGENT), user, NOW)

    message = session.scalars(select(Message)).one()
    assert (message.user_id, message.link) == (staff.id, f"/visits/{visit.id}")


def test_a_visit_is_reported_once(session):
    visit, user = make_todays_visit(session)
    services.report_visit(session, visit, NOBODY, user, NOW)

    with pytest.raises(RuleBroken, match="已经填报"):
        services.report_visit(session, visit, NOBODY, user, NOW)


def test_tomorrow_cannot_be_reported(session):
    visit, user = make_todays_visit(session)

    with pytest.raises(RuleBroken, match="还没有到"):
        services.report_visit(session, visit, ReportValues(True, MONDAY + DAY), user, NOW)

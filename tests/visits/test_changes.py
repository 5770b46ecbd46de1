from datetime import timedelta

import pytest
from sqlalchemy import select

from pairing import clock
from pairing.errors import RuleBroken
from pairing.outbox.models import Channel, Message
from pairing.values.half_days import bit
from pairing.visits import queries, services
from pairing.visits.models import ReminderStatus, VisitStatus
from tests.support.makers import MONDAY, NOW, make_pairing, make_staff, make_visit, make_volunteer_user

DAY = timedelta(days=1)


def test_a_cancelled_visit_reminds_nobody(session):
    _, volunteer = make_volunteer_user()
    visit = make_visit(make_pairing(volunteer=volunteer))
    services.settle_reminders(session, [visit], NOW)

    services.cancel_visit(session, visit, make_staff(), "老人住院", NOW)

    session.expire_all()
    assert (visit.status, visit.cancel_note) == (VisitStatus.CANCELLED, "老人住院")
    assert {row.status for row in queries.list_reminders(session, visit)} == {ReminderStatus.CANCELLED}


def test_a_visit_moves_to_the_evening_of_another_day(session):
    visit = make_visit()

    services.move_visit(session, visit, MONDAY + DAY, bit(1, 2), make_staff(), NOW)

    assert visit.starts_at == clock.at(MONDAY + DAY, 19)


@pytest.mark.parametrize("status", [VisitStatus.DONE, VisitStatus.NOT_MET, VisitStatus.CANCELLED])
def test_what_is_over_is_neither_moved_nor_cancelled(session, status):
    visit = make_visit(status=status)

    with pytest.raises(RuleBroken, match="已经完成或取消"):
        services.move_visit(session, visit, MONDAY + DAY, 0, make_staff(), NOW)
    with pytest.raises(RuleBroken, match="已经完成或取消"):
        services.cancel_visit(session, visit, make_staff(), "", NOW)


def test_a_pair_does_not_meet_twice_on_a_day(session):
    pairing = make_pairing()
    make_visit(pairing, planned_on=MONDAY + DAY)
    visit = make_visit(pairing, planned_on=MONDAY + DAY * 2)

    with pytest.raises(RuleBroken, match="同一结对"):
        services.move_visit(session, visit, MONDAY + DAY, 0, make_staff(), NOW)


def test_a_visit_is_not_moved_into_the_past(session):
    with pytest.raises(RuleBroken, match="不能早于今天"):
        services.move_visit(session, make_visit(), MONDAY - DAY, 0, make_staff(), NOW)


def test_the_volunteer_is_told_of_both_by_every_way(session):
    user, volunteer = make_volunteer_user()
    visit = make_visit(make_pairing(volunteer=volunteer))

    services.move_visit(session, visit, MONDAY + DAY, bit(1, 2), make_staff(), NOW)
    services.move_visit(session, visit, MONDAY + DAY * 2, bit(2, 2), make_staff(), NOW)
    services.cancel_visit(session, visit, make_staff(), "", NOW)

    messages = session.scalars(select(Message).where(Message.user_id == user.id).order_by(Message.id)).all()
    assert [message.subject for message in messages if message.channel is Channel.INBOX] == [
        "走访改期:11月24日(周二)晚上 19:00",
        "走访改期:11月25日(周三)晚上 19:00",
        "走访取消:11月25日(周三)晚上 19:00",
    ]
    assert len(messages) == 6


def test_a_volunteer_without_account_is_told_by_the_staff_who_changed_it(session):
    visit = make_visit()

    services.cancel_visit(session, visit, make_staff(), "", NOW)

    assert session.scalars(select(Message)).all() == []

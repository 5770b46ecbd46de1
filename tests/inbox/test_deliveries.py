from datetime import timedelta

from pairing import clock
from pairing.outbox.models import Channel, Message, MessageStatus
from pairing.outbox.services import beat
from pairing.visits import services
from tests.support.makers import (
    HOME,
    NOW,
    OUTSIDE,
    make_message,
    make_pairing,
    make_staff,
    make_user,
    make_visit,
    make_volunteer_user,
)

PARKED = {"status": MessageStatus.PARKED, "attempts": 6}


def test_a_parked_mail_is_shown_and_sent_again(new_reader, session):
    user, _ = make_volunteer_user()
    message = make_message(user, **PARKED)
    page = new_reader(make_staff(HOME)).get("/inbox/deliveries")
    assert "试了 6 次" in page.text

    page = page.submit(form=f"form[action$='/{message.id}/retry']")

    assert "已重新排队" in page.text
    assert session.get_one(Message, message.id).status is MessageStatus.QUEUED


def test_another_district_sees_and_touches_nothing(new_reader, session):
    message = make_message(make_volunteer_user()[0], **PARKED)
    own = make_message(make_user(scope_code=OUTSIDE), **PARKED)
    reader = new_reader(make_staff(OUTSIDE))
    page = reader.get("/inbox/deliveries")
    assert [form["action"] for form in page.select("main form")] == [f"/inbox/deliveries/{own.id}/retry"]

    token = page.select("main [name=csrf_token]")[0]["value"]
    reader.post(f"/inbox/deliveries/{message.id}/retry", {"csrf_token": token}, 404)


def test_without_a_mail_server_the_page_says_so(new_reader, session):
    page = new_reader(make_staff()).get("/inbox/deliveries?show=queued")

    assert "还没有设置邮件服务器" in page.text


def test_a_silent_scheduler_is_said_aloud(new_reader, session):
    reader = new_reader(make_staff())
    beat(session, "reminders", clock.now() - timedelta(minutes=3))
    assert "提醒程序没有在运行" in reader.get("/inbox/deliveries").text

    beat(session, "reminders", clock.now())

    assert "提醒程序没有在运行" not in reader.get("/inbox/deliveries").text


def test_waiting_and_cancelled_reminders_are_listed_with_their_reason(new_reader, session):
    _, volunteer = make_volunteer_user()
    visit = make_visit(make_pairing(volunteer=volunteer))
    services.settle_reminders(session, [visit], NOW)
    reader = new_reader(make_staff())
    assert len(reader.get("/inbox/deliveries?show=waiting").select("tbody tr")) == 6

    services.cancel_visit(session, visit, make_staff(), "老人住院", NOW)

    assert "走访已取消" in reader.get("/inbox/deliveries?show=cancelled").text
    assert reader.get("/inbox/deliveries?show=waiting").select("tbody tr") == []


def test_sent_messages_name_the_person_but_not_the_address(new_reader, session):
    user, _ = make_volunteer_user()
    make_message(user, status=MessageStatus.SENT, channel=Channel.EMAIL, sent_at=NOW)

    page = new_reader(make_staff()).get("/inbox/deliveries?show=sent")

    assert user.display_name in page.text
    assert "@example.com" not in page.answer.text

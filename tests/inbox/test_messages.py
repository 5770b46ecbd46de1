from sqlalchemy import select

from pairing.outbox.models import Channel, Message
from tests.support.makers import NOW, make_message, make_staff, make_user, make_volunteer_user


def make_letter(user, **given):
    return make_message(user, channel=Channel.INBOX, status="sent", **given)


def test_an_empty_inbox_says_what_will_come(new_reader, session):
    assert "还没有消息" in new_reader(make_staff()).get("/inbox").text


def test_opening_a_message_marks_it_and_follows_its_link(new_reader, session):
    user, _ = make_volunteer_user()
    message = make_letter(user, link="/visits/mine")
    page = new_reader(user).get("/inbox")
    assert page.words(".letter .chip") == ["未读"]

    page = page.submit(form=f"#open-{message.id}")

    assert page.path == "/visits/mine"
    assert session.get_one(Message, message.id).read_at is not None


def test_a_message_without_link_is_put_away(new_reader, session):
    user = make_staff()
    message = make_letter(user)

    page = new_reader(user).get("/inbox").submit(form=f"#open-{message.id}")

    assert page.path == "/inbox"
    assert page.words(".letter .chip") == []


def test_all_are_marked_read_at_once(new_reader, session):
    user = make_staff()
    for _ in range(3):
        make_letter(user)

    page = new_reader(user).get("/inbox").submit(form="form[action$='/read']")

    assert page.words(".letter .chip") == []
    assert page.select("form[action$='/read']") == []
    assert None not in set(session.scalars(select(Message.read_at)))


def test_nobody_opens_the_message_of_another(new_reader, session):
    mine, theirs = make_letter(user := make_staff()), make_letter(make_user())
    reader = new_reader(user)
    token = reader.get("/inbox").form(f"#open-{mine.id}").select("[name=csrf_token]")[0]["value"]

    reader.post(f"/inbox/{theirs.id}/open", {"csrf_token": token}, 404)

    assert session.get_one(Message, theirs.id).read_at is None


def test_the_newest_stands_first_and_emails_do_not_appear(new_reader, session):
    user = make_staff()
    make_message(user, subject="邮件")
    make_letter(user, subject="旧的")
    make_letter(user, subject="新的", created_at=NOW.replace(hour=2))

    assert new_reader(user).get("/inbox").words(".letter-head strong") == ["新的", "旧的"]

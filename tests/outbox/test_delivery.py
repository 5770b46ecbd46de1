from datetime import timedelta

import pytest
from sqlalchemy import func, select

from pairing.errors import RuleBroken
from pairing.outbox import rules, services
from pairing.outbox.models import Channel, Heartbeat, Message, MessageStatus
from tests.support.makers import NOW, make_message, make_user

LATER = NOW + timedelta(days=2)


def test_the_same_key_gives_the_message_that_is_there(session):
    user = make_user()

    first = services.send(session, user.id, Channel.EMAIL, "走访", "明天", "reminder:1", NOW)
    second = services.send(session, user.id, Channel.EMAIL, "别的", "别的", "reminder:1", NOW)

    assert first is second
    assert first.status is MessageStatus.QUEUED


def test_an_inbox_message_has_arrived_at_once(session):
    message = services.send(session, make_user().id, Channel.INBOX, "走访", "明天", "reminder:2", NOW)

    assert (message.status, message.sent_at) == (MessageStatus.SENT, NOW)


def test_a_claimed_mail_is_nobody_elses_until_its_lease_ends(session):
    message = make_message()

    assert services.claim_mails(session, NOW, 10) == [message]
    assert services.claim_mails(session, NOW + rules.LEASE - timedelta(seconds=1), 10) == []
    assert services.claim_mails(session, NOW + rules.LEASE, 10) == [message]


def test_claiming_leaves_what_is_sent_in_the_inbox_or_not_due(session):
    make_message(status=MessageStatus.SENT)
    make_message(channel=Channel.INBOX)
    make_message(due_at=NOW + timedelta(minutes=1))

    assert services.claim_mails(session, NOW, 10) == []


def test_a_failing_mail_waits_longer_each_time_and_is_parked_at_last(session):
    message, at, pauses = make_message(), NOW, []

    while message.status is MessageStatus.QUEUED:
        services.claim_mails(session, at, 10)
        services.mark_failed(session, message.id, "SMTPServerDisconnected", at)
        pauses.append(round((message.due_at - at).total_seconds() / 60))
        at = max(message.due_at, at)

    assert pauses == [1, 5, 15, 60, 240, 0]
    assert (message.status, message.attempts) == (MessageStatus.PARKED, 6)


def test_a_parked_mail_goes_out_again_when_staff_ask(session):
    message = make_message(status=MessageStatus.PARKED, attempts=6)

    services.retry_message(session, message, LATER)

    assert services.claim_mails(session, LATER, 10) == [message]


def test_only_a_parked_mail_is_sent_again(session):
    with pytest.raises(RuleBroken, match="不需要重发"):
        services.retry_message(session, make_message(status=MessageStatus.SENT), NOW)


def test_marking_all_read_touches_only_ones_own_inbox(session):
    own, other = make_user(), make_user()
    mine, theirs = make_message(own, channel=Channel.INBOX), make_message(other, channel=Channel.INBOX)
    before = make_message(own, channel=Channel.INBOX, read_at=NOW)

    services.mark_all_read(session, own.id, LATER)

    session.expire_all()
    assert (mine.read_at, theirs.read_at, before.read_at) == (LATER, None, NOW)


def test_a_heart_beats_in_one_row(session):
    services.beat(session, "mail", NOW, "OSError")
    services.beat(session, "mail", LATER)

    session.flush()
    beat = session.get_one(Heartbeat, "mail")
    assert (beat.at, beat.error) == (LATER, "")


def test_many_messages_at_once_are_the_same_as_one_by_one(session):
    user, known = make_user(), make_message(dedupe_key="run:1:inbox")
    letters = [
        services.Letter(user.id, channel, "结对", "请答复", f"run:1:{channel.value}", "/matching/mine")
        for channel in Channel
    ]

    services.send_many(session, letters, NOW)

    mail = services.send(session, user.id, Channel.EMAIL, "别的", "别的", "run:1:email", NOW)
    assert (mail.subject, mail.link, mail.status) == ("结对", "/matching/mine", MessageStatus.QUEUED)
    assert session.scalar(select(func.count()).select_from(Message)) == 2
    assert known.subject != "结对"


def test_sending_many_sends_nothing_twice(session):
    letter = services.Letter(make_user().id, Channel.INBOX, "结对", "请答复", "run:2:inbox")

    services.send_many(session, [letter, letter], NOW)
    services.send_many(session, [letter], NOW)

    assert session.scalar(select(func.count()).select_from(Message)) == 1

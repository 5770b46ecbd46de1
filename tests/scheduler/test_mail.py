"""E-mails against a real mail server."""

import signal
import socket
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from pairing.db import transaction
from pairing.outbox.models import Message, MessageStatus
from pairing.scheduler.mail import drain
from tests.scheduler.test_processes import wait_until
from tests.support.makers import NOW, make_message, make_user

MAILS = 60
LATER = NOW + timedelta(minutes=20)  # leases have ended


class Server:
    """A mail server that keeps what it takes; *refuse* is an answer to every recipient."""

    refuse = ""

    def __init__(self):
        self.taken = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's name
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        self.taken.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serve(host):
    handler = Server()
    controller = Controller(handler, hostname=host, port=free_port())
    controller.start()
    handler.url = f"smtp://{host}:{controller.port}"
    yield handler
    controller.stop()


@pytest.fixture
def server():
    with serve("127.0.0.1") as handler:
        yield handler


def queue(app, number=1, **given):
    with app.app_context(), transaction():
        user = make_user(display_name="陈 建国\r\nBcc: all@example.com", **given)
        subject = "走访提醒:11月24日\r\nX-Evil: yes"
        return [make_message(user, subject=subject, link="/visits/mine/7").id for _ in range(number)]


def drain_at(app, url, at):
    import time_machine

    settings = replace(app.config["PAIRING"], smtp_url=url)
    with time_machine.travel(at), app.app_context():
        return drain(settings)


def statuses(app):
    with app.app_context(), transaction() as session:
        return [(row.status, row.attempts, row.last_error) for row in session.scalars(select(Message))]


def test_a_mail_arrives_with_its_words_and_nothing_smuggled_in(live_app, server):
    queue(live_app)

    sent = drain_at(live_app, server.url, NOW)

    mail = server.taken[0]
    assert sent == 1
    assert mail["Subject"] == "走访提醒:11月24日 X-Evil: yes"
    assert {"Bcc", "X-Evil"} & set(mail.keys()) == set()
    assert "请提前与家庭联系。" in mail.get_content()
    assert "http://localhost/visits/mine/7" in mail.get_content()
    assert statuses(live_app) == [(MessageStatus.SENT, 1, "")]


def test_no_password_leaves_the_machine_in_the_clear(live_app):
    queue(live_app)

    with serve("127.0.0.2") as elsewhere:  # not one of the names of this machine
        drain_at(live_app, elsewhere.url.replace("//", "//user:password@"), NOW)

    assert elsewhere.taken == []
    assert [(status, tries) for status, tries, _error in statuses(live_app)] == [(MessageStatus.QUEUED, 1)]


def test_the_message_id_stays_the_same_however_often_it_is_sent(live_app, server):
    (message_id,) = queue(live_app)
    drain_at(live_app, server.url, NOW)
    with live_app.app_context(), transaction() as session:
        session.get_one(Message, message_id).status = MessageStatus.QUEUED  # sent, but never marked

    drain_at(live_app, server.url, LATER)

    assert len(server.taken) == 2
    assert len({mail["Message-ID"] for mail in server.taken}) == 1


def test_without_a_server_mails_stay_queued(live_app):
    queue(live_app)

    assert drain_at(live_app, "", NOW) == 0
    assert statuses(live_app) == [(MessageStatus.QUEUED, 0, "")]


def test_a_server_that_is_away_costs_one_attempt(live_app):
    queue(live_app, number=3)

    assert drain_at(live_app, "smtp://127.0.0.1:9", NOW) == 0
    assert statuses(live_app) == [(MessageStatus.QUEUED, 1, "ConnectionRefusedError")] * 3


def test_a_refusal_is_noted_without_the_address(live_app, server):
    queue(live_app, email="geheim@example.com")
    server.refuse = "550 no such user geheim@example.com"

    drain_at(live_app, server.url, NOW)

    assert statuses(live_app) == [(MessageStatus.QUEUED, 1, "SMTPRecipientsRefused")]


@pytest.mark.parametrize(
    "address", [None, "not an address", "a@b@c", "a@", "用户@例子.公司", "x\r\nBcc: y@example.com"]
)
def test_a_bad_address_stops_nobody_else(live_app, server, address):
    queue(live_app, email=address)
    queue(live_app)

    assert drain_at(live_app, server.url, NOW) == 1
    assert [status for status, _, _ in statuses(live_app)] == [MessageStatus.QUEUED, MessageStatus.SENT]


def test_killed_while_sending_every_mail_arrives_at_least_once(live_app, server, schedulers):
    queue(live_app, MAILS)
    first = schedulers.start(NOW, smtp_url=server.url)
    assert wait_until(lambda: len(server.taken) > 5)
    first.send_signal(signal.SIGKILL)
    first.wait()
    before = len(server.taken)

    schedulers.start(LATER, smtp_url=server.url)

    assert before < MAILS
    assert wait_until(lambda: {status for status, _, _ in statuses(live_app)} == {MessageStatus.SENT})
    assert len({mail["Message-ID"] for mail in server.taken}) == MAILS
    assert len(server.taken) <= MAILS + 1  # only the mail under way may come twice

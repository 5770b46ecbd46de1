"""Carrying e-mails out: taken in one transaction, sent in none, marked in another.

A crash between sending and marking sends again once the lease is over, with the same Message-ID,
so that a mail program can show it once.
"""

import smtplib
import ssl
import time
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.db import transaction
from pairing.outbox.models import Message
from pairing.outbox.services import (
    claim_mails,
    count_batch,
    is_released,
    keep_place,
    mark_failed,
    mark_sent,
)
from pairing.settings import LOOPBACK, Settings
from pairing.wording import _

BATCH = 10  # so few that a slow server cannot outlast the lease
PATIENCE_S = 20
BUDGET_S = 8  # less than the pause between two ticks
# The last three: an address that no header can hold; the parser of addresses lets IndexError escape.
SENDING = (smtplib.SMTPException, OSError, ValueError, MessageError, IndexError)


@dataclass(frozen=True)
class Mail:
    """What is needed to send one message, taken out of the database."""

    id: int
    name: str
    address: str
    subject: str
    body: str
    link: str
    created_at: datetime


def drain(settings: Settings) -> int:
    """Send the e-mails that are due; return how many a server took. Without a server they stay queued.

    A restored copy sends nothing before ``flask outbox release``.
    After some seconds the rest is left to the next tick, so that the process can be ended in between.
    """
    sent, end = 0, time.monotonic() + BUDGET_S
    while settings.smtp_url and time.monotonic() < end and (mails := _claim()):
        sent += _send_batch(mails, settings)
    return sent


def _claim() -> list[Mail]:
    with transaction() as session:
        if not is_released(session, clock.now()):
            return []
        mails = [_mail(session, message) for message in claim_mails(session, clock.now(), BATCH)]
        if mails:
            count_batch(session)
    if mails:
        keep_place(session)
    return mails


def _mail(session: Session, message: Message) -> Mail:
    user = session.get_one(User, message.user_id)
    return Mail(
        id=message.id,
        name=user.display_name,
        address=user.email or "",
        subject=message.subject,
        body=message.body,
        link=message.link,
        created_at=message.created_at,
    )


def _send_batch(mails: list[Mail], settings: Settings) -> int:
    """Send over one connection; without one, every mail of the batch has failed once."""
    try:
        server = connect(settings.smtp_url)
    except SENDING as error:
        for mail in mails:
            _fail(mail, error)
        return 0
    try:
        return sum([_deliver(server, mail, settings) for mail in mails])
    finally:
        server.close()


def _deliver(server: smtplib.SMTP, mail: Mail, settings: Settings) -> bool:
    try:
        server.send_message(compose(mail, settings))
    except SENDING as error:
        _fail(mail, error)
        return False
    with transaction() as session:
        mark_sent(session, mail.id, clock.now())
    return True


def _fail(mail: Mail, error: Exception) -> None:
    """Note the kind of failure; what the server said may hold the address and stays out."""
    code = getattr(error, "smtp_code", "")
    with transaction() as session:
        mark_failed(session, mail.id, f"{type(error).__name__} {code}".strip(), clock.now())


def compose(mail: Mail, settings: Settings) -> EmailMessage:
    """Write the e-mail; raise ValueError where there is no address or one that no header can hold."""
    if not mail.address:
        raise ValueError("no address")
    sender = Address(addr_spec=settings.mail_from)
    message = EmailMessage()
    message["From"] = Address(_("结对帮扶平台"), sender.username, sender.domain)
    message["To"] = Address(" ".join(mail.name.split()), addr_spec=mail.address)
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = format_datetime(clock.local(mail.created_at))
    message["Message-ID"] = f"<message-{mail.id}-{mail.created_at:%Y%m%d%H%M%S}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    link = f"\n\n{settings.site_url}{mail.link}" if mail.link else ""
    message.set_content(f"{mail.body}{link}\n", cte="base64")
    return message


def connect(url: str) -> smtplib.SMTP:
    """Open ``smtp://user:password@host:port?starttls=1`` or ``smtps://…``; no password in the clear."""
    parts = urlsplit(url)
    host, tls = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=PATIENCE_S, context=tls)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=PATIENCE_S)
    goes_out = bool(parts.username) and parts.scheme != "smtps" and host not in LOOPBACK
    try:
        if goes_out or parse_qs(parts.query).get("starttls", ["0"])[0] == "1":
            server.starttls(context=tls)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except Exception:
        server.close()
        raise
    return server

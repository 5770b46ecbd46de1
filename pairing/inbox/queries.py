"""Reading what was sent: by people, by staff for their area, and the local mailbox of the demo."""

import mailbox
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.queries import scoped
from pairing.areas.models import Area
from pairing.errors import NotFound
from pairing.outbox.models import Heartbeat, Message, MessageStatus
from pairing.outbox.queries import find_own_message
from pairing.visits.models import Reminder, ReminderStatus, Visit

SHOWN = 50  # letters on the page of the local mailbox


@dataclass(frozen=True)
class Letter:
    """An e-mail in the local mailbox of the demo; the address is masked."""

    to: str
    subject: str
    sent_at: datetime | None
    body: str


def get_own_message(session: Session, message_id: int, user: User) -> Message:
    """Return a message of this person; NotFound for anybody else's."""
    message = find_own_message(session, message_id, user.id)
    if message is None:
        raise NotFound
    return message


def get_message_in_scope(session: Session, message_id: int, by: User) -> Message:
    """Return a message to somebody in the scope of *by*; NotFound for another."""
    message: Message | None = session.scalars(_messages(by).where(Message.id == message_id)).one_or_none()
    if message is None:
        raise NotFound
    return message


def list_sent(by: User, status: MessageStatus) -> Select[*tuple[Any, ...]]:
    """Return the statement for (message, person) in the scope of *by*, newest first."""
    found = _messages(by).add_columns(User).where(Message.status == status)
    return found.order_by(Message.created_at.desc(), Message.id.desc())


def count_troubles(session: Session, by: User) -> dict[MessageStatus, int]:
    """Count the messages in the scope of *by* that wait or are parked."""
    troubles = _messages(by).where(Message.status.in_((MessageStatus.QUEUED, MessageStatus.PARKED)))
    counted = troubles.with_only_columns(Message.status, func.count()).group_by(Message.status)
    return {status: int(number) for status, number in session.execute(counted)}


def list_reminders(by: User, status: ReminderStatus) -> Select[*tuple[Any, ...]]:
    """Return the statement for (reminder, visit, community) in the scope of *by*, by time."""
    found = (
        select(Reminder, Visit, Area.name)
        .join(Visit, Visit.id == Reminder.visit_id)
        .join(Area, Area.code == Visit.area_code)
        .where(Reminder.status == status)
    )
    ahead = status is ReminderStatus.WAITING
    order = (Reminder.due_at, Reminder.id) if ahead else (Reminder.due_at.desc(), Reminder.id.desc())
    return scoped(found, Visit, by).order_by(*order)


def find_heartbeat(session: Session, job: str) -> Heartbeat | None:
    """Return when a job of the scheduler last ended; None if it never ran."""
    return session.get(Heartbeat, job)


def list_letters(folder: str) -> list[Letter]:
    """Return the newest letters of a Maildir; an absent folder holds none."""
    if not folder or not Path(folder, "new").is_dir():
        return []
    box = mailbox.Maildir(folder, create=False)
    parser = BytesParser(policy=default)
    messages = [parser.parsebytes(box.get_bytes(key)) for key in _newest(box)]
    return [_letter(message) for message in messages if isinstance(message, EmailMessage)]


def _newest(box: mailbox.Maildir) -> list[str]:
    """Return the keys, which begin with the moment of arrival, newest first."""
    return sorted(box.keys(), reverse=True)[:SHOWN]


def _letter(message: EmailMessage) -> Letter:
    part = message.get_body(("plain",))
    sent = message["Date"]
    return Letter(
        to=mask_address(parseaddr(str(message["To"] or ""))[1]),
        subject=str(message["Subject"] or ""),
        sent_at=sent.datetime if sent else None,
        body=part.get_content().strip() if part else "",
    )


def mask_address(address: str) -> str:
    """Keep the first letter and the domain of an e-mail address."""
    name, _at, domain = address.partition("@")
    return f"{name[:1]}***@{domain}" if domain else "***"


def _messages(by: User) -> Select[*tuple[Any, ...]]:
    return scoped(select(Message).join(User, User.id == Message.user_id), User, by)

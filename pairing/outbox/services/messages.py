"""Writing messages into the outbox, in the transaction of the deed that causes them."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pairing.outbox.models import Channel, Message, MessageStatus


def send(
    session: Session,
    user_id: int,
    channel: Channel,
    subject: str,
    body: str,
    key: str,
    now: datetime,
    link: str = "",
) -> Message:
    """Lay a message to *user_id* down; the same *key* gives the message that is there already.

    An inbox message has arrived with that; an e-mail waits for the worker.
    """
    known = session.scalars(select(Message).where(Message.dedupe_key == key)).one_or_none()
    if known:
        return known
    arrived = channel is Channel.INBOX
    message = Message(
        user_id=user_id,
        channel=channel,
        subject=subject,
        body=body,
        link=link,
        dedupe_key=key,
        status=MessageStatus.SENT if arrived else MessageStatus.QUEUED,
        due_at=now,
        created_at=now,
        sent_at=now if arrived else None,
    )
    session.add(message)
    session.flush()
    return message


def mark_read(session: Session, message: Message, now: datetime) -> None:
    """Note that the person has seen an inbox message."""
    message.read_at = message.read_at or now


def mark_all_read(session: Session, user_id: int, now: datetime) -> None:
    """Note that the person has seen everything in the inbox."""
    unread = Message.user_id == user_id, Message.channel == Channel.INBOX, Message.read_at.is_(None)
    session.execute(update(Message).where(*unread).values(read_at=now))

"""Writing messages into the outbox, in the transaction of the deed that causes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from pairing.db import in_parts
from pairing.outbox.models import Channel, Message, MessageStatus
from pairing.readers import everywhere

OTHERS = "a deed lays messages into the boxes of other people"


@dataclass(frozen=True)
class Letter:
    """What `send` takes, for `send_many`."""

    user_id: int
    channel: Channel
    subject: str
    body: str
    key: str
    link: str = ""


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
    with everywhere(session, OTHERS):
        known = session.scalars(select(Message).where(Message.dedupe_key == key)).one_or_none()
        if known:
            return known
        message = Message(**_row(Letter(user_id, channel, subject, body, key, link), now))
        session.add(message)
        session.flush()
        return message


def channels(has_email: bool) -> tuple[Channel, ...]:
    """Return the ways to reach a person: the inbox always, e-mail where there is an address."""
    return (Channel.INBOX, Channel.EMAIL) if has_email else (Channel.INBOX,)


def tell(
    session: Session,
    user_id: int,
    has_email: bool,
    subject: str,
    body: str,
    key: str,
    now: datetime,
    link: str = "",
) -> None:
    """Lay a message to *user_id* down for every way there is, as `send` does for one."""
    for channel in channels(has_email):
        send(session, user_id, channel, subject, body, f"{key}:{channel.value}", now, link)


def send_many(session: Session, letters: Iterable[Letter], now: datetime) -> None:
    """Lay messages down as `send` does one, in few statements; what has a known key stays as it is."""
    by_key = {letter.key: letter for letter in letters}
    with everywhere(session, OTHERS):
        fresh = by_key.keys() - _known_keys(session, list(by_key))
        rows = [_row(letter, now) for key, letter in by_key.items() if key in fresh]
        if rows:
            # Rows of one shape go to the database together; without the nulls each would go alone.
            session.execute(insert(Message).execution_options(render_nulls=True), rows)


def _known_keys(session: Session, keys: Sequence[str]) -> set[str]:
    column = Message.dedupe_key
    found = (session.scalars(select(column).where(column.in_(part))) for part in in_parts(keys))
    return {key for part in found for key in part}


def _row(letter: Letter, now: datetime) -> dict[str, Any]:
    arrived = letter.channel is Channel.INBOX
    return {
        "user_id": letter.user_id,
        "channel": letter.channel,
        "subject": letter.subject,
        "body": letter.body,
        "link": letter.link,
        "dedupe_key": letter.key,
        "status": MessageStatus.SENT if arrived else MessageStatus.QUEUED,
        "due_at": now,
        "created_at": now,
        "sent_at": now if arrived else None,
    }


def mark_read(session: Session, message: Message, now: datetime) -> None:
    """Note that the person has seen an inbox message."""
    message.read_at = message.read_at or now


def mark_all_read(session: Session, user_id: int, now: datetime) -> None:
    """Note that the person has seen everything in the inbox."""
    unread = Message.user_id == user_id, Message.channel == Channel.INBOX, Message.read_at.is_(None)
    session.execute(update(Message).where(*unread).values(read_at=now))

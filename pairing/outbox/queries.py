"""Reading messages."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from pairing.outbox.models import Channel, Message


def list_inbox(user_id: int) -> Select[Message]:
    """Return the statement for the inbox of a person, newest first."""
    mine = select(Message).where(Message.user_id == user_id, Message.channel == Channel.INBOX)
    return mine.order_by(Message.created_at.desc(), Message.id.desc())


def find_own_message(session: Session, message_id: int, user_id: int) -> Message | None:
    """Return a message if it belongs to this person."""
    message = session.get(Message, message_id)
    return message if message and message.user_id == user_id else None


def count_unread(session: Session, user_id: int) -> int:
    """Return how many inbox messages the person has not opened."""
    unread = select(func.count()).where(
        Message.user_id == user_id, Message.channel == Channel.INBOX, Message.read_at.is_(None)
    )
    return session.scalar(unread) or 0

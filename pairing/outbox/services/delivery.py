"""E-mails on their way: claimed with a lease, sent outside any transaction, marked in another."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from pairing.errors import RuleBroken
from pairing.outbox import rules
from pairing.outbox.models import Channel, Heartbeat, Message, MessageStatus
from pairing.wording import _


def claim_mails(session: Session, now: datetime, limit: int) -> list[Message]:
    """Take e-mails that are due and that nobody else is sending; they are ours until the lease ends."""
    due = (
        select(Message)
        .where(
            Message.status == MessageStatus.QUEUED,
            Message.channel == Channel.EMAIL,
            Message.due_at <= now,
            or_(Message.lease_until.is_(None), Message.lease_until <= now),
        )
        .order_by(Message.due_at, Message.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    messages = list(session.scalars(due))
    for message in messages:
        message.lease_until = now + rules.LEASE
    return messages


def mark_sent(session: Session, message_id: int, now: datetime) -> None:
    """Note that a mail server has taken the e-mail."""
    message = session.get_one(Message, message_id, with_for_update=True)
    message.status, message.sent_at, message.last_error = MessageStatus.SENT, now, ""
    message.attempts += 1
    message.lease_until = None


def mark_failed(session: Session, message_id: int, error: str, now: datetime) -> None:
    """Note a failed attempt: tried again later, or parked for staff after the last pause."""
    message = session.get_one(Message, message_id, with_for_update=True)
    message.attempts += 1
    message.lease_until, message.last_error = None, error[: rules.ERROR_LENGTH]
    pause = rules.pause_after(message.attempts)
    if pause is None:
        message.status = MessageStatus.PARKED
    else:
        message.due_at = now + pause


def retry_message(session: Session, message: Message, now: datetime) -> None:
    """Let a parked e-mail go out again; RuleBroken for one that is not parked."""
    session.refresh(message, with_for_update=True)
    if message.status is not MessageStatus.PARKED:
        raise RuleBroken(_("这封邮件不需要重发"), "not_parked")
    message.status, message.attempts, message.due_at = MessageStatus.QUEUED, 0, now


def beat(session: Session, name: str, now: datetime, error: str = "") -> None:
    """Note that a job of the scheduler has just ended."""
    session.merge(Heartbeat(name=name, at=now, error=error[: rules.ERROR_LENGTH]))

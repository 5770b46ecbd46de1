"""Reminders: laid down with the visit, handed to the outbox when they are due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.outbox.models import Channel
from pairing.outbox.services import channels, send
from pairing.visits import rules
from pairing.visits.models import Reminder, ReminderKind, ReminderStatus, Visit, VisitStatus
from pairing.visits.queries import Recipient, list_recipients
from pairing.visits.services.words import words_for
from pairing.wording import Wording, _

ISSUED_AT_ONCE = 20  # in one transaction: a crash takes back no more


@dataclass(frozen=True)
class Due:
    """One reminder as it should be."""

    visit_id: int
    kind: ReminderKind
    channel: Channel
    due_at: datetime


def settle_reminders(session: Session, visits: Sequence[Visit], now: datetime) -> None:
    """Make the waiting reminders of *visits* what they should be, after any change of a visit."""
    recipients = list_recipients(session, visits)
    wanted = {due: recipients[due.visit_id] for visit in visits for due in _dues(visit, recipients, now)}
    for row in session.scalars(select(Reminder).where(Reminder.visit_id.in_([v.id for v in visits]))).all():
        key = Due(row.visit_id, row.kind, row.channel, row.due_at)
        recipient = wanted.pop(key, None)
        if row.status is not ReminderStatus.ISSUED:
            _settle(row, recipient)
    session.flush()
    if wanted:  # in one statement: a plan lays dozens of rows
        session.execute(insert(Reminder), [_row(due, recipient) for due, recipient in wanted.items()])


def _settle(row: Reminder, recipient: Recipient | None) -> None:
    if recipient is None:
        row.status, row.note = ReminderStatus.CANCELLED, row.note or _("走访时间或人员有变")
    else:
        row.status, row.note, row.user_id = ReminderStatus.WAITING, "", recipient.user_id


def _row(due: Due, recipient: Recipient) -> dict[str, object]:
    return {**vars(due), "user_id": recipient.user_id, "status": ReminderStatus.WAITING}


def _dues(visit: Visit, recipients: dict[int, Recipient], now: datetime) -> list[Due]:
    """List the reminders that a visit should have; an open or decided one has none."""
    if visit.status is not VisitStatus.PLANNED:
        return []
    ways = channels(recipients[visit.id].has_email)
    moments = due_moments(visit.starts_at, now)
    return [Due(visit.id, kind, way, due) for kind, due in moments.items() for way in ways]


def due_moments(starts_at: datetime, now: datetime) -> dict[ReminderKind, datetime]:
    """Return when to remind of a visit; what is due already comes as soon as it may, if that still helps."""
    soonest = rules.after_quiet(now)
    shortly = rules.hours_before(starts_at)
    moments = {ReminderKind.OVERDUE: max(rules.day_after(starts_at), soonest)}
    if soonest <= shortly:
        moments[ReminderKind.HOURS_BEFORE] = shortly
    if (before := max(rules.day_before(starts_at), soonest)) < min(shortly, starts_at):
        moments[ReminderKind.DAY_BEFORE] = before
    return moments


def cancel_reminders(session: Session, visit_ids: Iterable[int], why: Wording) -> None:
    """Cancel what is still waiting; a reminder that is just being issued is left to its issuer."""
    waiting = Reminder.visit_id.in_(list(visit_ids)), Reminder.status == ReminderStatus.WAITING
    cancelled = update(Reminder).where(*waiting).values(status=ReminderStatus.CANCELLED, note=why)
    session.execute(cancelled.execution_options(synchronize_session="fetch"))


def issue_due_reminders(session: Session, now: datetime, limit: int = ISSUED_AT_ONCE) -> int:
    """Hand the reminders that are due to the outbox, the oldest first; return how many rows were settled.

    Nothing is issued in the quiet hours. A row is claimed by its lock, so that two schedulers never
    take the same one, and the message carries its key, so that it can never be written twice.
    """
    if rules.is_quiet(now):
        return 0
    due = (
        select(Reminder)
        .where(Reminder.status == ReminderStatus.WAITING, Reminder.due_at <= now)
        .order_by(Reminder.due_at, Reminder.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    reminders = session.scalars(due).all()
    visits = _visits_of(session, reminders)
    recipients = list_recipients(session, list(visits.values()))
    for reminder in reminders:
        _issue(session, reminder, visits[reminder.visit_id], recipients[reminder.visit_id], now)
    session.flush()
    return len(reminders)


def _visits_of(session: Session, reminders: Sequence[Reminder]) -> dict[int, Visit]:
    ids = {reminder.visit_id for reminder in reminders}
    found = select(Visit).where(Visit.id.in_(ids)).execution_options(populate_existing=True)
    return {visit.id: visit for visit in session.scalars(found)}


def _issue(session: Session, reminder: Reminder, visit: Visit, to: Recipient, now: datetime) -> None:
    """Write the message of one reminder, or note why there is none."""
    if why := _useless(reminder, visit, to, now):
        reminder.status, reminder.note = ReminderStatus.CANCELLED, why
        return
    subject, body, link = words_for(session, reminder.kind, visit, to)
    user = session.get_one(User, to.user_id)
    key = f"reminder:{reminder.id}"
    message = send(session, user.id, reminder.channel, subject, body, key, now, link)
    reminder.status, reminder.message_id, reminder.user_id = ReminderStatus.ISSUED, message.id, user.id


def _useless(reminder: Reminder, visit: Visit, to: Recipient, now: datetime) -> Wording | None:
    """Return why a reminder would help nobody any more."""
    if visit.status is not VisitStatus.PLANNED:
        return _("走访已不在待走访状态")
    if reminder.kind is not ReminderKind.OVERDUE and now >= visit.starts_at:
        return _("走访时间已过")
    if to.user_id is None:
        return _("没有可通知的人,请检查社区工作人员账号")
    if reminder.channel is Channel.EMAIL and not to.has_email:
        return _("收件人没有邮箱")
    return None

"""A request comes in, and its clock starts."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.accounts.services import check_in_scope, tell_nearest_staff
from pairing.audit.services import record
from pairing.db import add_unless_known
from pairing.errors import RuleBroken
from pairing.subject_requests.models import (
    About,
    RequestChannel,
    RequestKind,
    RequestStatus,
    SubjectRequest,
)
from pairing.subject_requests.queries import subject_of
from pairing.subject_requests.queries.requests import Row
from pairing.subject_requests.rules import ANSWER_WITHIN
from pairing.wording import _
from pairing.workdays.queries import calendar_for
from pairing.workdays.rules import add_workdays

ONE_OPEN = ("one_open_request", "subject_request.about")  # as PostgreSQL and SQLite name it


@dataclass(frozen=True)
class RequestValues:
    """What is asked for, how it came and when."""

    kind: RequestKind
    channel: RequestChannel
    received_on: date
    words: str = field(default="", repr=False)


def receive_request(
    session: Session, about: About, row: Row, values: RequestValues, by: User, now: datetime
) -> SubjectRequest:
    """Staff write down what somebody asked for; RuleBroken if the same is asked for already."""
    check_in_scope(row.area_code, by)
    return _add(session, about, row, values, None, by, now)


def ask_request(session: Session, kind: RequestKind, words: str, by: User, now: datetime) -> SubjectRequest:
    """Somebody who is signed in asks; the nearest staff hear of it."""
    about, row = subject_of(session, by)
    values = RequestValues(kind, RequestChannel.ONLINE, clock.local(now).date(), words)
    request = _add(session, about, row, values, by, None, now)
    subject = _("收到个人信息请求:%(kind)s", kind=kind.label)
    body = _("请在 %(day)s 前答复本人。", day=request.due_on.isoformat())
    link = f"/subject-requests/{request.id}"
    tell_nearest_staff(session, request.area_code, subject, body, f"subject-request:{request.id}", now, link)
    return request


def due_after(session: Session, received_on: date) -> date:
    """Return the last day on which a request that came on *received_on* is answered in time."""
    return add_workdays(received_on, ANSWER_WITHIN, calendar_for(session, received_on, received_on))


def _add(
    session: Session,
    about: About,
    row: Row,
    values: RequestValues,
    asked_by: User | None,
    recorded_by: User | None,
    now: datetime,
) -> SubjectRequest:
    if row.anonymised_at is not None:
        raise RuleBroken(_("这份资料已匿名化,认不出是谁的了"), "anonymised")
    request = SubjectRequest(
        about=about,
        about_id=row.id,
        status=RequestStatus.OPEN,
        area_code=row.area_code,
        due_on=due_after(session, values.received_on),
        asked_by_id=asked_by.id if asked_by else None,
        recorded_by_id=recorded_by.id if recorded_by else None,
        created_at=now,
        kind=values.kind,
        channel=values.channel,
        received_on=values.received_on,
        words=values.words or None,
    )
    refusal = RuleBroken(_("同样的请求正在办理,不用再提"), "already_asked")
    add_unless_known(session, [request], ONE_OPEN, refusal)
    detail = {"kind": values.kind.value, "about": about.value, "due": request.due_on.isoformat()}
    record(session, asked_by or recorded_by, "receive_subject_request", request, now, detail)
    return request

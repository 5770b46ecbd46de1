"""What the scheduler does: remind in time, forget in time, ask for next year's days off."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import AccountStatus, User
from pairing.accounts.rules import Role
from pairing.accounts.services import tell_nearest_staff
from pairing.households.models import Household
from pairing.outbox.models import Channel
from pairing.outbox.services import Letter, send_many
from pairing.retention.rules import BY_CODE, days_of
from pairing.subject_requests.models import About, RequestStatus, SubjectRequest
from pairing.subject_requests.rules import REMIND_BEFORE
from pairing.wording import Wording, _
from pairing.workdays.queries import calendar_for, missing_years
from pairing.workdays.rules import workdays_between

AT_ONCE = 500
LOOK_AHEAD = timedelta(days=30)  # no three working days take longer


def remind_staff(session: Session, now: datetime) -> int:
    """Remind the nearest staff three working days before a request is due, and on the day; each once."""
    today = clock.local(now).date()
    soon = today + LOOK_AHEAD
    found = select(SubjectRequest).where(
        SubjectRequest.status == RequestStatus.OPEN, SubjectRequest.due_on <= soon
    )
    calendar, reminded = calendar_for(session, today, soon), 0
    for request in session.scalars(found.order_by(SubjectRequest.due_on, SubjectRequest.id)):
        left = workdays_between(today, request.due_on, calendar)
        if request.due_on <= today:
            reminded += _remind(session, request, "due", _("个人信息请求今天到期"), now)
        elif left <= REMIND_BEFORE:
            reminded += _remind(session, request, "soon", _("个人信息请求快到期了"), now)
    return reminded


def _remind(session: Session, request: SubjectRequest, kind: str, subject: Wording, now: datetime) -> int:
    body = _("%(kind)s,请在 %(day)s 前答复本人。", kind=request.kind.label, day=request.due_on.isoformat())
    key, link = f"subject-request-{kind}:{request.id}", f"/subject-requests/{request.id}"
    tell_nearest_staff(session, request.area_code, subject, body, key, now, link)
    return 1


def forget_words(session: Session, now: datetime, settings: Mapping[str, int]) -> int:
    """Erase the words of requests closed long ago, and of households that are anonymous by now."""
    before = clock.local(now).date() - timedelta(days=days_of(BY_CODE["requests"], settings))
    nobody = exists().where(Household.id == SubjectRequest.about_id, Household.anonymised_at.is_not(None))
    past = or_(SubjectRequest.closed_on <= before, (SubjectRequest.about == About.HOUSEHOLD) & nobody)
    closed = select(SubjectRequest).where(SubjectRequest.status != RequestStatus.OPEN, past)
    said = or_(SubjectRequest.words.is_not(None), SubjectRequest.answer.is_not(None))
    rows = list(session.scalars(closed.where(said).order_by(SubjectRequest.id).limit(AT_ONCE)))
    for row in rows:
        row.words = row.answer = None
    return len(rows)


def warn_of_missing_year(session: Session, now: datetime) -> int:
    """Ask the district's administrators, once a day, for the days off of a year that nobody knows."""
    today = clock.local(now).date()
    admins = (User.role == Role.DISTRICT_ADMIN, User.status == AccountStatus.ACTIVE)
    people = list(session.scalars(select(User.id).where(*admins)))
    years = missing_years(session, today)
    body = _("国务院办公厅公布后请录入或导入;在此之前只按周末计算办理期限。")
    letters = [
        Letter(
            user_id,
            Channel.INBOX,
            _("还缺 %(year)d 年的放假安排", year=year),
            body,
            f"calendar-missing:{year}:{today}:{user_id}",
            "/workdays",
        )
        for year in years
        for user_id in people
    ]
    send_many(session, letters, now)
    return len(letters)

"""Requests and whom they are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.queries import scoped
from pairing.accounts.rules import Role
from pairing.enterprises.models import Enterprise
from pairing.households.models import Household
from pairing.subject_requests.models import About, RequestStatus, SubjectRequest
from pairing.subject_requests.rules import Clock, clock_of
from pairing.volunteers.models import Volunteer
from pairing.workdays.queries import calendar_for
from pairing.workdays.rules import workdays_between

Row = Household | Volunteer | Enterprise | User
MODELS: dict[About, Any] = {
    About.HOUSEHOLD: Household,
    About.VOLUNTEER: Volunteer,
    About.ENTERPRISE: Enterprise,
    About.ACCOUNT: User,
}
REGISTERS: dict[Role, About] = {Role.VOLUNTEER: About.VOLUNTEER, Role.COMPANY: About.ENTERPRISE}


@dataclass(frozen=True)
class Timed:
    """A request with its clock; a closed one has none."""

    request: SubjectRequest
    clock: Clock | None


def subject_of(session: Session, user: User) -> tuple[About, Any]:
    """Return whom the account speaks for: its row of a register, else the account itself."""
    about = REGISTERS.get(user.role)
    model: Any = MODELS[about] if about else None
    row = session.scalars(select(model).where(model.user_id == user.id)).one_or_none() if model else None
    return (about, row) if about and row else (About.ACCOUNT, user)


def get_row(session: Session, request: SubjectRequest) -> Row:
    """Return whom the request is about."""
    row: Row = session.get_one(MODELS[request.about], request.about_id)
    return row


def titles_of(session: Session, requests: Iterable[SubjectRequest], by: User) -> dict[int, str]:
    """Return how staff call the person of each request, by its id; "" for one who is not there for *by*."""
    asked = list(requests)
    titles: dict[int, str] = {}
    for about, model in MODELS.items():
        own = {one.id: one.about_id for one in asked if one.about is about}
        found = select(model).where(model.id.in_(own.values()))
        rows = session.scalars(scoped(found, model, by)) if own else ()
        by_id = {row.id: title_of(row) for row in rows}
        titles |= {request_id: by_id.get(row_id, "") for request_id, row_id in own.items()}
    return titles


def title_of(row: Row) -> str:
    """Return how staff call the person of a request."""
    if isinstance(row, Household):
        return f"{row.head_name}({row.file_no})"
    if isinstance(row, User):
        return row.display_name
    return row.name


def list_requests(by: User, status: RequestStatus | None) -> Select[SubjectRequest]:
    """Return the statement for the requests in the scope of *by*: the open ones first, by their day."""
    found = scoped(select(SubjectRequest), SubjectRequest, by)
    if status:
        found = found.where(SubjectRequest.status == status)
    open_first = case((SubjectRequest.status == RequestStatus.OPEN, 0), else_=1)
    return found.order_by(open_first, SubjectRequest.due_on, SubjectRequest.id)


def list_own_requests(session: Session, user: User) -> list[SubjectRequest]:
    """Return what the person has asked for, the newest first."""
    mine = select(SubjectRequest).where(SubjectRequest.asked_by_id == user.id)
    return list(session.scalars(mine.order_by(SubjectRequest.id.desc())))


def count_open(session: Session, by: User, today: date) -> tuple[int, int]:
    """Return how many requests in the scope of *by* are open, and how many of them are past their day."""
    is_open = SubjectRequest.status == RequestStatus.OPEN
    late = func.coalesce(func.sum(case((SubjectRequest.due_on < today, 1), else_=0)), 0)
    counted: Select[Any] = select(func.count(), late).where(is_open)
    total, overdue = session.execute(scoped(counted, SubjectRequest, by)).one()
    return int(total), int(overdue)


def time_all(session: Session, requests: Iterable[SubjectRequest], today: date) -> list[Timed]:
    """Return each request with its clock."""
    rows = list(requests)
    days = [row.due_on for row in rows if row.status is RequestStatus.OPEN] or [today]
    calendar = calendar_for(session, min(*days, today), max(*days, today))
    return [Timed(row, _clock(row, today, calendar)) for row in rows]


def _clock(row: SubjectRequest, today: date, calendar: Any) -> Clock | None:  # noqa: ANN401
    if row.status is not RequestStatus.OPEN:
        return None
    return clock_of(workdays_between(today, row.due_on, calendar), row.due_on < today)

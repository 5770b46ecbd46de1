"""Staff answer a request, or do what it asks."""

from datetime import datetime

from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.accounts.rules import Role
from pairing.audit.services import record
from pairing.enterprises.models import Enterprise
from pairing.errors import RuleBroken
from pairing.households.models import Household
from pairing.outbox.services import tell
from pairing.readers import everywhere
from pairing.retention.services import (
    anonymise_account,
    anonymise_contact,
    anonymise_volunteer,
    check_over,
    erase_words,
)
from pairing.subject_requests.models import RequestKind, RequestStatus, SubjectRequest
from pairing.subject_requests.queries import get_row
from pairing.subject_requests.queries.requests import Row
from pairing.subject_requests.rules import ERASED, KEPT_BY_LAW
from pairing.volunteers.models import Volunteer
from pairing.wording import Wording, _


def answer_request(
    session: Session, request: SubjectRequest, granted: bool, answer: str, by: User, now: datetime
) -> None:
    """Close a request with the words of the answer, in favour or not; the person hears of it.

    Raises
    ------
    RuleBroken : it is closed ("already_closed"), has no answer ("no_answer"), or asks for something to be
        deleted, which is done and not only said ("erase_instead").
    """
    _check_open(request)
    if not answer:
        raise RuleBroken(_("请写明答复"), "no_answer")
    if granted and request.kind is RequestKind.DELETE:
        raise RuleBroken(_("同意删除时请用“删除并办结”,系统会真正删除"), "erase_instead")
    _close(session, request, RequestStatus.DONE if granted else RequestStatus.REFUSED, answer, by, now)
    _tell(session, request, now)


def check_copy(session: Session, request: SubjectRequest, by: User) -> Row:
    """Return whose copy *by* may give out now; RuleBroken unless somebody is waiting for it.

    Whoever wrote the request down is refused ("own_request"): one person alone must not be able to
    make up a wish and then carry everything out of the house.
    """
    _check_open(request)
    if request.kind is not RequestKind.COPY:
        raise RuleBroken(_("本人没有要求复制"), "not_asked")
    _check_second(request, by)
    return get_row(session, request)


def erase_data(session: Session, request: SubjectRequest, by: User, now: datetime) -> Wording:
    """Delete what may be deleted, close the request, and return what is said about it.

    A helper, a contact or an account is anonymised at once. Of a household only that goes which no law
    requires: the file proves what aid was given, and is anonymised when its time is over.

    Raises
    ------
    RuleBroken : something is still under way for the person, and the message says what; or *by* wrote the
        request down ("own_request").
    """
    _check_open(request)
    if request.kind is not RequestKind.DELETE:
        raise RuleBroken(_("本人没有要求删除"), "not_asked")
    _check_second(request, by)
    with everywhere(session, "who is deleted is deleted wherever anything was written"):
        words = _erase(session, request, by, now)
    _close(session, request, RequestStatus.DONE, str(words), by, now)
    request.words = None
    return words


def _erase(session: Session, request: SubjectRequest, by: User, now: datetime) -> Wording:
    row = get_row(session, request)
    session.refresh(row, with_for_update=True)
    if isinstance(row, Household):
        check_over(session, row)
        erase_words(session, row, now)
        row.updated_at = now
        record(session, by, "erase_words", row, now)
        return KEPT_BY_LAW
    if isinstance(row, Volunteer):
        anonymise_volunteer(session, row, by, now)
    elif isinstance(row, Enterprise):
        anonymise_contact(session, row, by, now)
    else:
        _erase_account(session, row, by, now)
    return ERASED


def _erase_account(session: Session, user: User, by: User, now: datetime) -> None:
    if user.role not in (Role.VOLUNTEER, Role.COMPANY):
        raise RuleBroken(_("工作人员的账号依法要能查证,不能删除;可以停用"), "staff_account")
    anonymise_account(session, user, by, now)


def _check_open(request: SubjectRequest) -> None:
    if request.status is not RequestStatus.OPEN:
        raise RuleBroken(_("这项请求已办结"), "already_closed")


def _check_second(request: SubjectRequest, by: User) -> None:
    if request.recorded_by_id == by.id:
        raise RuleBroken(_("本人登记的请求须由另一位工作人员办理"), "own_request")


def _close(
    session: Session, request: SubjectRequest, status: RequestStatus, answer: str, by: User, now: datetime
) -> None:
    request.status, request.answer = status, answer
    request.decided_by_id, request.closed_on = by.id, clock.local(now).date()
    detail = {"kind": request.kind.value, "status": status.value}
    record(session, by, "close_subject_request", request, now, detail)


def _tell(session: Session, request: SubjectRequest, now: datetime) -> None:
    user = session.get(User, request.asked_by_id) if request.asked_by_id else None
    if user and user.is_active:
        subject = _("您的个人信息请求已答复:%(status)s", status=request.status.label)
        body, key = _("答复写在“我的个人信息”页上。"), f"subject-request-answer:{request.id}"
        tell(session, user.id, bool(user.email), subject, body, key, now, "/my-data")

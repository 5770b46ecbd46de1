"""What people are told of proposals: never a name, a number or an address, only that there is something."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import AccountStatus, User
from pairing.accounts.queries import list_staff_for
from pairing.enterprises.models import Enterprise
from pairing.matching.models import Grant, MatchingRun, Proposal
from pairing.outbox.models import Channel
from pairing.outbox.services import send
from pairing.volunteers.models import Volunteer
from pairing.wording import _

MY_PROPOSALS = "/matching/mine"  # services do not know the web; a test holds these to the real addresses
MY_GRANTS = "/matching/grants/mine"
TO_CONFIRM = {"proposal": "/review/", "grant": "/review/grants"}
AT_ONCE = 500  # ids in one statement


def tell_volunteers(session: Session, ids: Collection[int], run: MatchingRun, now: datetime) -> None:
    """Tell each volunteer who has an account, once a run, that somebody would like a visit."""
    subject = _("有一户家庭希望与您结对")
    body = _(
        "平台根据您的技能、时间和住处,向您提出了结对建议。请在 7 天内答复;不方便也没关系,选一个原因即可。"
    )
    for user in _accounts(
        session, select(User).join(Volunteer, Volunteer.user_id == User.id), Volunteer.id, ids
    ):
        _tell(session, user, subject, body, f"run:{run.id}:user:{user.id}", now, MY_PROPOSALS)


def tell_companies(session: Session, ids: Collection[int], run: MatchingRun, now: datetime) -> None:
    """Tell each company that has an account, once a run, that there are proposals for its pledges."""
    subject = _("有家庭的需求符合贵单位的认捐条件")
    body = _("平台按贵单位认捐时写明的条件,提出了资金安排建议。请在 7 天内答复;同意后由工作人员确认并预留。")
    for user in _accounts(
        session, select(User).join(Enterprise, Enterprise.user_id == User.id), Enterprise.id, ids
    ):
        _tell(session, user, subject, body, f"run:{run.id}:user:{user.id}", now, MY_GRANTS)


def tell_staff(session: Session, answered: Proposal | Grant, now: datetime) -> None:
    """Tell the nearest staff, in the inbox and once a day at most, that something can be confirmed."""
    staff = list_staff_for(session, answered.area_code)
    nearest = [user for user in staff if len(user.scope_code) == len(staff[0].scope_code)]
    kind = type(answered).__name__.lower()
    subject = _("志愿者接受了结对建议") if kind == "proposal" else _("企业同意了资金安排")
    body = _("请征求家庭的意见,记下后确认。")
    day = clock.local(now).date().isoformat()
    for user in nearest:
        send(
            session,
            user.id,
            Channel.INBOX,
            subject,
            body,
            f"{kind}:yes:{day}:{user.id}",
            now,
            TO_CONFIRM[kind],
        )


def _accounts(session: Session, users: Select[Any], key: Any, ids: Collection[int]) -> list[User]:  # noqa: ANN401 - a column
    wanted = sorted(ids)
    parts = (wanted[at : at + AT_ONCE] for at in range(0, len(wanted), AT_ONCE))
    active = users.where(User.status == AccountStatus.ACTIVE)
    return [user for part in parts for user in session.scalars(active.where(key.in_(part)).order_by(User.id))]


def _tell(session: Session, user: User, subject: str, body: str, key: str, now: datetime, link: str) -> None:
    send(session, user.id, Channel.INBOX, subject, body, f"{key}:inbox", now, link)
    if user.email:
        send(session, user.id, Channel.EMAIL, subject, body, f"{key}:email", now, link)

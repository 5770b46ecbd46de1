"""What people are told of proposals: never a name, a number or an address, only that there is something."""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from pairing import clock
from pairing.accounts.models import AccountStatus, User
from pairing.accounts.services import tell_nearest_staff
from pairing.db import in_parts
from pairing.enterprises.models import Enterprise
from pairing.matching.models import Grant, MatchingRun, Proposal
from pairing.outbox.services import Letter, channels, send_many
from pairing.volunteers.models import Volunteer
from pairing.wording import _

MY_PROPOSALS = "/matching/mine"  # services do not know the web; a test holds these to the real addresses
MY_GRANTS = "/matching/grants/mine"
TO_CONFIRM = {"proposal": "/review", "grant": "/review/grants"}
Account = Row[int, str | None]  # id and e-mail address


def tell_volunteers(session: Session, ids: Collection[int], run: MatchingRun, now: datetime) -> None:
    """Tell each volunteer who has an account, once a run, that somebody would like a visit."""
    subject = _("有一户家庭希望与您结对")
    body = _(
        "平台根据您的技能、时间和住处,向您提出了结对建议。请在 7 天内答复;不方便也没关系,选一个原因即可。"
    )
    owners = select(User.id, User.email).join(Volunteer, Volunteer.user_id == User.id)
    accounts = _accounts(session, owners, Volunteer.id, ids)
    send_many(session, _letters(accounts, subject, body, run, MY_PROPOSALS), now)


def tell_companies(session: Session, ids: Collection[int], run: MatchingRun, now: datetime) -> None:
    """Tell each company that has an account, once a run, that there are proposals for its pledges."""
    subject = _("有家庭的需求符合贵单位的认捐条件")
    body = _("平台按贵单位认捐时写明的条件,提出了资金安排建议。请在 7 天内答复;同意后由工作人员确认并预留。")
    owners = select(User.id, User.email).join(Enterprise, Enterprise.user_id == User.id)
    accounts = _accounts(session, owners, Enterprise.id, ids)
    send_many(session, _letters(accounts, subject, body, run, MY_GRANTS), now)


def tell_staff(session: Session, answered: Proposal | Grant, now: datetime) -> None:
    """Tell the nearest staff, in the inbox and once a day at most, that something can be confirmed."""
    kind = type(answered).__name__.lower()
    subject = _("志愿者接受了结对建议") if kind == "proposal" else _("企业同意了资金安排")
    body = _("请征求家庭的意见,记下后确认。")
    day = clock.local(now).date().isoformat()
    key, link = f"{kind}:yes:{day}", TO_CONFIRM[kind]
    tell_nearest_staff(session, answered.area_code, subject, body, key, now, link)


def _accounts(
    session: Session, owners: Select[int, str | None], key: InstrumentedAttribute[int], ids: Collection[int]
) -> list[Account]:
    active = owners.where(User.status == AccountStatus.ACTIVE)
    parts = in_parts(sorted(ids))
    found = [account for part in parts for account in session.execute(active.where(key.in_(part)))]
    return sorted(found, key=lambda account: account.id)


def _letters(
    accounts: list[Account], subject: str, body: str, run: MatchingRun, link: str
) -> Iterator[Letter]:
    """Write to the inbox of each account and, where there is an address, by e-mail."""
    for user_id, email in accounts:
        for channel in channels(bool(email)):
            yield Letter(
                user_id, channel, subject, body, f"run:{run.id}:user:{user_id}:{channel.value}", link
            )

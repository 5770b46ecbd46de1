"""What is asked of every decision on a proposal, of people or of money."""

from collections.abc import Sequence
from datetime import datetime

from pairing.accounts.models import User
from pairing.enterprises.models import Enterprise
from pairing.errors import RuleBroken
from pairing.matching.models import Grant, Proposal
from pairing.volunteers.models import Volunteer
from pairing.wording import Labelled, _


def check_open(proposal: Proposal | Grant, open_states: Sequence[Labelled], now: datetime) -> None:
    """Refuse a proposal that was decided, or that nobody decided in time."""
    if proposal.status not in open_states:
        raise RuleBroken(_("该建议已处理:%(status)s", status=proposal.status.label), "already_decided")
    if proposal.expires_at <= now:
        raise RuleBroken(_("该建议已过期,请重新匹配"), "proposal_expired")


def check_disinterested(party: Volunteer | Enterprise, by: User) -> None:
    """Refuse staff who would decide on what concerns themselves."""
    if party.user_id is not None and party.user_id == by.id:
        raise RuleBroken(_("这条建议涉及您本人,请由其他工作人员处理"), "own_proposal")


def check_without_account(party: Volunteer | Enterprise) -> None:
    """Refuse to answer in the name of somebody who can do so."""
    if party.user_id is not None:
        raise RuleBroken(_("对方有平台账号,请由本人登录后答复"), "has_account")

"""A household that left long ago, with everything that was ever written about it; and where words stand."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from pairing.db import db
from pairing.households.models import Household, HouseholdStatus, NeedType
from pairing.matching.models import GrantStatus, ProposalStatus
from pairing.pairings.models import PairingStatus
from pairing.privacy.keys import identity_index, phone_index
from pairing.visits.models import VisitStatus
from tests.support.makers import (
    NOW,
    identity_number,
    make_consent,
    make_grant,
    make_household,
    make_member,
    make_need,
    make_pairing,
    make_pledge,
    make_proposal,
    make_report,
    make_reservation,
    make_visit,
    make_volunteer_user,
)

LONG_AGO = date(2021, 3, 8)
WORDS = ("亓官雪梅", "亓官小禾", "qiguan", "观象二路77号", "肾病透析", "透析押金", "胶东土话")
WORDS += ("2019-05-17", "123456")  # the day it was registered, the income
WORDS += ("谢绝的话", "见证人甲", "走访所见", "结束的话", "送米面", "取消的话")
CLOSED = {"status": HouseholdStatus.CLOSED, "closed_on": LONG_AGO}
FILE_NO = "370202002-2019-000777"


def make_closed(**given: Any) -> Household:
    """Make a household that left long ago, and nothing else."""
    return make_household(**CLOSED | given)


def make_past() -> Household:
    """Make the whole story of a household that left long ago."""
    household = make_household(
        "亓官雪梅",
        address="观象二路77号9单元",
        note="肾病透析每周三次",
        language_wish="胶东土话",
        file_no=FILE_NO,
        monthly_income_fen=123_456,
        registered_on=date(2019, 5, 17),
        member_count=2,
    )
    make_member(household, identity_number(date(2015, 6, 1)), name="亓官小禾")
    make_consent(household, witness_name="见证人甲")
    _money(household)
    _visits(household)
    household.status, household.closed_on = HouseholdStatus.CLOSED, LONG_AGO
    db.session.flush()
    return household


def _money(household: Household) -> None:
    need = make_need(household, NeedType.MEDICAL, 765_400, note="透析押金")
    pledge = make_pledge()
    make_grant(need, pledge, status=GrantStatus.DECLINED, decline_note="谢绝的话")
    make_reservation(need, pledge)


def _visits(household: Household) -> None:
    user, volunteer = make_volunteer_user()
    make_proposal(household, volunteer, status=ProposalStatus.DECLINED, decline_note="谢绝的话")
    ended = {"status": PairingStatus.ENDED, "ended_on": LONG_AGO, "end_note": "结束的话"}
    pairing = make_pairing(household, volunteer, **ended)
    for days, status in ((0, VisitStatus.DONE), (7, VisitStatus.CANCELLED)):
        day = NOW.date() - timedelta(days=days)
        visit = make_visit(pairing, planned_on=day, status=status, purpose="送米面", cancel_note="取消的话")
        make_report(visit, user, note="走访所见")


def secrets_of(household: Household) -> set[Any]:
    """Return what points at the people of *household*: words, numbers, fingerprints."""
    numbers = {member.identity_number for member in household.members}
    prints = {identity_index(number) for number in numbers} | {phone_index(household.phone or "")}
    return {*WORDS, household.file_no, household.phone, *numbers, *prints}


def found_in_store(secrets: set[Any]) -> set[tuple[str, Any]]:
    """Return which of *secrets* stand in which table, opened by the keys of the app."""
    return {
        (table.name, secret)
        for table in db.metadata.sorted_tables
        for row in db.session.execute(select(table))
        for value in row
        for secret in secrets
        if (secret == value if isinstance(secret, bytes) else str(secret) in str(value))
    }

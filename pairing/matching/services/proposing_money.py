"""Proposals of money, written under lock from the grants of a run."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from pairing import clock
from pairing.enterprises.models import Enterprise, EnterpriseStatus, Pledge, PledgeStatus
from pairing.households.models import Household, HouseholdStatus, Need, NeedStatus
from pairing.matching.models import Grant, GrantStatus, MatchingRun, RunGrant
from pairing.matching.queries.money_bonds import MoneyBonds, read_money_bonds
from pairing.matching.services.messages import tell_companies
from pairing.matching.services.runs import OPEN_FOR


def write_grants(session: Session, run: MatchingRun, now: datetime) -> Counter[str]:
    """Write what still holds of *run*; return how many were "written" or skipped, by reason."""
    _lock(session, run)
    bonds, today = read_money_bonds(session), clock.local(now).date()
    verdicts: Counter[str] = Counter()
    rows, enterprise_ids = [], set()
    for found in _list_grants(session, run):
        verdict = _verdict(found, bonds, today)
        verdicts[verdict] += 1
        if verdict == "written":
            bonds.take(found.pledge_id, found.need_id, found.household_id, found.amount_fen)
            rows.append(_grant(found, run, now))
            enterprise_ids.add(found.enterprise_id)
    if rows:
        session.execute(insert(Grant), rows)
    tell_companies(session, enterprise_ids, run, now)
    return verdicts


def _lock(session: Session, run: MatchingRun) -> None:
    """Hold the pledges, then the needs, always in the order of their ids."""
    for model, column in ((Pledge, RunGrant.pledge_id), (Need, RunGrant.need_id)):
        mine = select(column).where(RunGrant.run_id == run.id)
        session.execute(select(model.id).where(model.id.in_(mine)).order_by(model.id).with_for_update()).all()


def _list_grants(session: Session, run: MatchingRun) -> list[Any]:
    g, p, n, h = RunGrant, Pledge, Need, Household
    found = (
        select(g.amount_fen, g.parts, p.id.label("pledge_id"), p, n, h, Enterprise.status.label("giver"))
        .add_columns(n.id.label("need_id"), h.id.label("household_id"), p.enterprise_id)
        .join(p, p.id == g.pledge_id)
        .join(Enterprise, Enterprise.id == p.enterprise_id)
        .join(n, n.id == g.need_id)
        .join(h, h.id == n.household_id)
        .where(g.run_id == run.id)
        .order_by(g.pledge_id, g.need_id)
        .execution_options(populate_existing=True)
    )
    return list(session.execute(found))


def _verdict(found: Any, bonds: MoneyBonds, today: date) -> str:  # noqa: ANN401 - a row of columns
    pledge, need, household = found.Pledge, found.Need, found.Household
    if not _may_pay(pledge, found.giver, today) or not _fits(pledge, need, household):
        return "changed"
    if household.status is not HouseholdStatus.OPEN or need.status is not NeedStatus.OPEN:
        return "changed"
    if (pledge.id, need.id) in bonds.asked:  # one open proposal at a time of one pledge for one need
        return "asked"
    left = bonds.open_fen(need)
    if left < found.amount_fen or (not need.is_splittable and left != found.amount_fen):
        return "need_covered"
    if bonds.by_pledge[pledge.id] + found.amount_fen > pledge.amount_fen:
        return "no_balance"
    return "written" if _within_conditions(found, bonds) else "over_condition"


def _may_pay(pledge: Pledge, giver: EnterpriseStatus, today: date) -> bool:
    is_open = pledge.status is PledgeStatus.ACTIVE and giver is EnterpriseStatus.ACTIVE
    return is_open and (pledge.expires_on is None or pledge.expires_on >= today)


def _fits(pledge: Pledge, need: Need, household: Household) -> bool:
    return (
        (not pledge.purposes or need.need_type.value in pledge.purposes)
        and (not pledge.categories or household.category.value in pledge.categories)
        and household.area_code.startswith(pledge.area_code)
    )


def _within_conditions(found: Any, bonds: MoneyBonds) -> bool:  # noqa: ANN401 - a row of columns
    pledge, share = found.Pledge, bonds.by_share[found.pledge_id, found.household_id]
    if pledge.ceiling_fen is not None and share + found.amount_fen > pledge.ceiling_fen:
        return False
    limit = pledge.household_limit
    return bool(limit is None or share or len(bonds.households_of(pledge.id)) < limit)


def _grant(found: Any, run: MatchingRun, now: datetime) -> dict[str, Any]:  # noqa: ANN401 - a row of columns
    return {
        "run_id": run.id,
        "pledge_id": found.pledge_id,
        "need_id": found.need_id,
        "household_id": found.household_id,
        "area_code": found.Household.area_code,
        "status": GrantStatus.PROPOSED,
        "amount_fen": found.amount_fen,
        "parts": found.parts,
        "created_at": now,
        "expires_at": now + OPEN_FOR,
    }

"""The input of a run of money, in a few column queries."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from pairing import clock
from pairing.enterprises.models import Enterprise, EnterpriseStatus, Pledge, PledgeStatus
from pairing.households.models import Household, HouseholdStatus, Need, NeedStatus
from pairing.matching.queries.money_bonds import MoneyBonds, read_money_bonds
from pairing.matching.rules.money import Money, Needs, Pledges
from pairing.matching.rules.prices import TIERS
from pairing.solver.money import NO_LIMIT
from pairing.values.needs import Category, NeedType

PURPOSE_BITS = {need.value: 1 << at for at, need in enumerate(NeedType)}
CATEGORY_BITS = {category.value: 1 << at for at, category in enumerate(Category)}
AREA_DIGITS = 12
PREFIXES = (4, 6, 9, 12)

Rows = Sequence[Any]


def read_money(session: Session, area_code: str, urgencies: Sequence[str], now: datetime) -> Money:
    """Read needs with an open amount under *area_code*, and the pledges that may be used there today."""
    today = clock.local(now).date()
    needs = _need_rows(session, area_code, urgencies)
    pledges = _pledge_rows(session, area_code, today)
    bonds = read_money_bonds(session)
    wanted = [(row, bonds.open_fen(row)) for row in needs]
    wanted = [(row, fen) for row, fen in wanted if fen > 0]
    paid = np.array(sorted(bonds.by_share), dtype=np.int64).reshape(-1, 2)
    return Money(
        needs=_needs(wanted, today),
        pledges=_pledges(pledges, bonds),
        paid_before=(paid[:, 0], paid[:, 1]),
        digest=_digest(needs, pledges, bonds, urgencies),
    )


def _need_rows(session: Session, area_code: str, urgencies: Sequence[str]) -> Rows:
    n, h = Need, Household
    columns = (
        n.id, n.household_id, n.need_type, n.amount_fen, n.is_splittable, n.created_at,
        h.area_code, h.category, h.urgency, h.version,
    )  # fmt: skip
    found = (
        select(*columns)
        .join(h, h.id == n.household_id)
        .where(n.status == NeedStatus.OPEN, n.amount_fen.is_not(None), h.status == HouseholdStatus.OPEN)
        .where(h.area_code.startswith(area_code, autoescape=True))
    )
    if urgencies:
        found = found.where(h.urgency.in_(urgencies))
    return session.execute(found.order_by(n.id)).all()


def _pledge_rows(session: Session, area_code: str, today: date) -> Rows:
    p = Pledge
    columns = (
        p.id, p.version, p.area_code, p.purposes, p.categories, p.amount_fen, p.ceiling_fen,
        p.household_limit,
    )  # fmt: skip
    above = [area_code[:digits] for digits in PREFIXES]
    found = (
        select(*columns)
        .join(Enterprise, Enterprise.id == p.enterprise_id)
        .where(p.status == PledgeStatus.ACTIVE, Enterprise.status == EnterpriseStatus.ACTIVE)
        .where(or_(p.expires_on.is_(None), p.expires_on >= today))
        .where(or_(p.area_code.startswith(area_code, autoescape=True), p.area_code.in_(above)))
    )
    return session.execute(found.order_by(p.id)).all()


def _ints(values: Iterable[int]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array(list(values), dtype=np.int64)


def _area_number(code: str) -> int:
    return int(code.ljust(AREA_DIGITS, "0"))


def _needs(wanted: Sequence[tuple[Any, int]], today: date) -> Needs:
    rows = [row for row, _fen in wanted]
    return Needs(
        id=_ints(row.id for row in rows),
        household_id=_ints(row.household_id for row in rows),
        area=_ints(_area_number(row.area_code) for row in rows),
        purpose=_ints(PURPOSE_BITS[row.need_type.value] for row in rows),
        category=_ints(CATEGORY_BITS[row.category.value] for row in rows),
        tier=_ints(TIERS.index(row.urgency.value) for row in rows),
        waiting_days=_ints((today - clock.local(row.created_at).date()).days for row in rows),
        open_fen=_ints(fen for _row, fen in wanted),
        is_splittable=np.array([row.is_splittable for row in rows], dtype=np.bool_),
    )


def _pledges(rows: Rows, bonds: MoneyBonds) -> Pledges:
    def left(row: Any) -> int:  # noqa: ANN401 - a row of columns
        limit = row.household_limit
        return int(NO_LIMIT) if limit is None else max(limit - len(bonds.households_of(row.id)), 0)

    return Pledges(
        id=_ints(row.id for row in rows),
        area=_ints(_area_number(row.area_code) for row in rows),
        reach=_ints(len(row.area_code) for row in rows),
        purposes=_ints(_mask(row.purposes, PURPOSE_BITS) for row in rows),
        categories=_ints(_mask(row.categories, CATEGORY_BITS) for row in rows),
        free_fen=_ints(max(row.amount_fen - bonds.by_pledge[row.id], 0) for row in rows),
        ceiling_fen=_ints(int(NO_LIMIT) if row.ceiling_fen is None else row.ceiling_fen for row in rows),
        households_left=_ints(left(row) for row in rows),
    )


def _mask(codes: Iterable[str], bits: dict[str, int]) -> int:
    return sum(bits[code] for code in set(codes))


def _digest(needs: Rows, pledges: Rows, bonds: MoneyBonds, urgencies: Sequence[str]) -> str:
    """Give sha256 over sorted ids and versions of everything that the run looks at."""
    seen = {
        "needs": sorted((row.id, row.household_id, row.version, row.amount_fen) for row in needs),
        "pledges": sorted((row.id, row.version) for row in pledges),
        "taken": sorted((*share, fen) for share, fen in bonds.by_share.items()),
        "urgencies": sorted(urgencies),
    }
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()

"""A run of money: which pledge would pay for which need; no company is asked yet."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import insert
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.matching.models import MatchingRun, RunGrant, RunKind
from pairing.matching.queries.money_input import read_money
from pairing.matching.rules import money as rules
from pairing.matching.rules.money import Bools, Ints, Money
from pairing.matching.rules.prices import TIERS
from pairing.matching.rules.weights import VERSION, Weights
from pairing.matching.services.expiry import expire_open
from pairing.matching.services.phases import Phases
from pairing.matching.services.runs import add_run, check_area
from pairing.readers import everywhere
from pairing.solver.money import Allotment, Edges, Items, Pledges, allot


def preview_money(
    session: Session, area_code: str, weights: Weights, by: User | None, now: datetime
) -> MatchingRun:
    """Find which pledges would pay for the needs under *area_code*, and store it as a preview.

    Of the *weights* only the tiers count: money has its own order (`rules.money.weight_per_fen`).

    Raises
    ------
    NotFound : there is no such area, or it lies outside the scope of *by*.
    """
    check_area(session, area_code, by)
    expire_open(session, now)
    phases = Phases()
    with (
        phases.phase("read"),
        everywhere(session, "a run weighs whoever could come or pay"),
    ):
        money = read_money(session, area_code, weights.urgencies, now)
    with phases.phase("candidates"):
        pledge, need = np.nonzero(rules.admissible(money))
    with phases.phase("solve"):
        found = _solve(money, pledge, need)
    with phases.phase("write"):
        summary = _summarise(money, found)
        settings = {"version": VERSION, "urgencies": list(weights.urgencies)}
        run = add_run(session, RunKind.MONEY, area_code, settings, money.digest, summary, by, now)
        _write_grants(session, run, money, pledge, need, found.fen)
    run.summary = {**summary, "seconds": phases.seconds}
    session.flush()
    return run


def _solve(money: Money, pledge: Ints, need: Ints) -> Allotment:
    p, n = money.pledges, money.needs
    preference = rules.earmark(p.purposes, p.categories)[pledge]
    weight = rules.weight_per_fen(n.tier, n.waiting_days)
    return allot(
        Pledges(p.free_fen, p.ceiling_fen, p.households_left, p.id),
        Items(n.open_fen, weight, n.household_id, n.is_splittable, n.id),
        Edges(pledge, need, preference),
    )


def _summarise(money: Money, found: Allotment) -> dict[str, Any]:
    n = money.needs
    return {
        "needs": int(n.id.size),
        "households": int(np.unique(n.household_id).size),
        "wanted_fen": int(n.open_fen.sum()),
        "covered_fen": int(found.covered_fen.sum()),
        "needs_covered": int((found.covered_fen == n.open_fen).sum()),
        "needs_in_part": int(((found.covered_fen > 0) & (found.covered_fen < n.open_fen)).sum()),
        "pledges": int(money.pledges.id.size),
        "free_fen": int(money.pledges.free_fen.sum()),
        "pledges_used": int((found.spent_fen > 0).sum()),
        "grants": int((found.fen > 0).sum()),
        "value": found.value,
        "gap": found.gap,
        "tiers": _by([(name, n.tier == at) for at, name in enumerate(TIERS)], money, found),
        "communities": _by([(str(area), n.area == area) for area in np.unique(n.area)], money, found),
    }


def _by(groups: Iterable[tuple[str, Bools]], money: Money, found: Allotment) -> dict[str, dict[str, int]]:
    """Add wanted and covered fen up by group; groups without a need are left out."""
    return {
        name: {
            "wanted": int(money.needs.open_fen[here].sum()),
            "served": int(found.covered_fen[here].sum()),
        }
        for name, here in groups
        if here.any()
    }


def _write_grants(
    session: Session, run: MatchingRun, money: Money, pledge: Ints, need: Ints, fen: Ints
) -> None:
    p, n = money.pledges, money.needs
    is_bound = rules.earmark(p.purposes, p.categories) > 0
    values = [
        {
            "run_id": run.id,
            "pledge_id": int(p.id[i]),
            "need_id": int(n.id[j]),
            "amount_fen": int(amount),
            "parts": {
                "tier": float(n.tier[j]),
                "waiting_days": float(n.waiting_days[j]),
                "earmark": float(is_bound[i]),
            },
        }
        for i, j, amount in zip(pledge, need, fen, strict=True)
        if amount
    ]
    if values:
        session.execute(insert(RunGrant), values)

"""Which money is taken already: reserved, or proposed and still open."""

from collections import Counter
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pairing.funds.models import Reservation, ReservationStatus
from pairing.matching.models import OPEN_GRANTS, Grant


class Priced(Protocol):
    """A need, or a row with its columns."""

    @property
    def id(self) -> int:
        """The need's id."""

    @property
    def amount_fen(self) -> int | None:
        """What it costs."""

    @property
    def is_splittable(self) -> bool:
        """Whether it may be paid in part."""


@dataclass(frozen=True)
class MoneyBonds:
    """Fen that are taken, counted by pledge, by need, and by (pledge, household); whom we are asking."""

    by_pledge: Counter[int]
    by_need: Counter[int]
    by_share: Counter[tuple[int, int]]
    asked: set[tuple[int, int]]  # (pledge, need) with a proposal that is still open

    def open_fen(self, need: Priced) -> int:
        """Give what is still to be paid of a need; a whole one that is begun waits for its one payer."""
        taken = self.by_need[need.id]
        if taken and not need.is_splittable:
            return 0
        return max((need.amount_fen or 0) - taken, 0)

    def households_of(self, pledge_id: int) -> set[int]:
        """Give the households that a pledge pays for."""
        return {household_id for owner, household_id in self.by_share if owner == pledge_id}

    def take(self, pledge_id: int, need_id: int, household_id: int, fen: int) -> None:
        """Count *fen* as taken."""
        self.by_pledge[pledge_id] += fen
        self.by_need[need_id] += fen
        self.by_share[pledge_id, household_id] += fen


def read_money_bonds(session: Session) -> MoneyBonds:
    """Read what is reserved and what is proposed and still open, of all pledges."""
    bonds = MoneyBonds(Counter(), Counter(), Counter(), set())
    r, g = Reservation, Grant
    for model, living in ((r, r.status == ReservationStatus.RESERVED), (g, g.status.in_(OPEN_GRANTS))):
        keys = (model.pledge_id, model.need_id, model.household_id)
        summed = select(*keys, func.sum(model.amount_fen)).where(living).group_by(*keys)
        for pledge_id, need_id, household_id, fen in session.execute(summed):
            bonds.take(pledge_id, need_id, household_id, int(fen))
            if model is g:
                bonds.asked.add((pledge_id, need_id))
    return bonds

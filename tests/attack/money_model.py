"""What pledged money means, in dictionaries: every deed says which refusal is expected, "" for none."""

from dataclasses import dataclass, field
from datetime import date, datetime

from tests.attack.people_model import A_WEEK, Home

OPEN = ("proposed", "agreed")


@dataclass
class Purse:
    """A pledge with its conditions."""

    amount: int
    ceiling: int | None = None
    limit: int | None = None
    expires_on: date | None = None
    user: int | None = None  # who signs in as its company
    purpose: str = ""  # the only need it is for
    is_active: bool = True

    @property
    def is_living(self) -> bool:
        """Whether there is money to be had."""
        return self.is_active


@dataclass
class Want:
    """A need that asks for money."""

    home: int
    amount: int
    is_splittable: bool
    kind: str = "medical"
    is_open: bool = True

    @property
    def is_living(self) -> bool:
        """Whether money is wanted."""
        return self.is_open


@dataclass
class Offer:
    """A proposal of money."""

    purse: int
    want: int
    amount: int
    expires: datetime
    status: str = "proposed"

    @property
    def is_living(self) -> bool:
        """Whether somebody is still to answer or to decide."""
        return self.status in OPEN


@dataclass
class Kept:
    """A reservation."""

    purse: int
    want: int
    amount: int
    is_kept: bool = True

    @property
    def is_living(self) -> bool:
        """Whether it may be released."""
        return self.is_kept


@dataclass
class Money:
    """Pledges, needs and everything between them, by the ids of the real rows."""

    now: datetime
    today: date
    homes: dict[int, Home]
    purses: dict[int, Purse] = field(default_factory=dict)
    wants: dict[int, Want] = field(default_factory=dict)
    offers: dict[int, Offer] = field(default_factory=dict)
    kept: dict[int, Kept] = field(default_factory=dict)

    def of_purse(self, purse: int, and_offers: bool = False) -> dict[int, int]:
        """Return household -> fen of a pledge, reserved, and offered too if asked."""
        shares: dict[int, int] = {}
        for row in self._living(and_offers):
            if row.purse == purse:
                home = self.wants[row.want].home
                shares[home] = shares.get(home, 0) + row.amount
        return shares

    def of_want(self, want: int, and_offers: bool = False) -> int:
        """Return the fen reserved for a need, and offered too if asked."""
        return sum(row.amount for row in self._living(and_offers) if row.want == want)

    def _living(self, and_offers: bool) -> list[Kept | Offer]:
        kept = [row for row in self.kept.values() if row.is_kept]
        return kept + [o for o in self.offers.values() if and_offers and o.status in OPEN]

    def expire(self) -> None:
        """Free the money of which nobody said anything."""
        for offer in self.offers.values():
            if offer.status in OPEN and offer.expires <= self.now:
                offer.status = "expired"

    def propose(self, purse: int, want: int, amount: int) -> str:
        """Return the verdict on a grant of a run; what is over has expired first."""
        self.expire()
        pledge, need = self.purses[purse], self.wants[want]
        is_open = self.homes[need.home].is_open and need.is_open
        if not self._pays(pledge) or not is_open or pledge.purpose not in ("", need.kind):
            return "changed"
        if self._is_asked(purse, want):
            return "asked"
        taken = self.of_want(want, and_offers=True)
        left = 0 if taken and not need.is_splittable else need.amount - taken
        if left < amount or (not need.is_splittable and left != amount):
            return "need_covered"
        shares = self.of_purse(purse, and_offers=True)
        if sum(shares.values()) + amount > pledge.amount:
            return "no_balance"
        return "over_condition" if self._unshareable(pledge, need.home, amount, shares) else "written"

    def _is_asked(self, purse: int, want: int) -> bool:
        return any((o.purse, o.want) == (purse, want) and o.status in OPEN for o in self.offers.values())

    def _pays(self, pledge: Purse) -> bool:
        return pledge.is_active and not (pledge.expires_on and pledge.expires_on < self.today)

    def _unshareable(self, pledge: Purse, home: int, amount: int, shares: dict[int, int]) -> str:
        if pledge.ceiling is not None and shares.get(home, 0) + amount > pledge.ceiling:
            return "over_ceiling"
        if pledge.limit is not None and home not in shares and len(shares) >= pledge.limit:
            return "too_many_households"
        return ""

    def reserve(self, purse: int, want: int, amount: int) -> str:
        """Keep money for a need; the caller adds the row under its real id."""
        code = self._unpayable(purse, amount) or self._unshared(purse, want, amount)
        return code or self._unwanted(want, amount)

    def _unpayable(self, purse: int, amount: int) -> str:
        pledge = self.purses[purse]
        if amount <= 0:
            return "amount_not_positive"
        if not pledge.is_active:
            return "pledge_closed"
        if not self._pays(pledge):
            return "pledge_expired"
        return "pledge_spent" if sum(self.of_purse(purse).values()) + amount > pledge.amount else ""

    def _unshared(self, purse: int, want: int, amount: int) -> str:
        if self.purses[purse].purpose not in ("", self.wants[want].kind):
            return "wrong_purpose"
        return self._unshareable(self.purses[purse], self.wants[want].home, amount, self.of_purse(purse))

    def _unwanted(self, want: int, amount: int) -> str:
        need = self.wants[want]
        if not self.homes[need.home].is_open:
            return "household_closed"
        if not need.is_open:
            return "need_closed"
        if not need.is_splittable and amount != need.amount:
            return "not_splittable"
        return "over_covered" if self.of_want(want) + amount > need.amount else ""

    def agree(self, row_id: int) -> str:
        """The company says yes, and a new week begins."""
        offer = self.offers[row_id]
        if code := self._unanswerable(offer, ("proposed",)):
            return code
        offer.status, offer.expires = "agreed", self.now + A_WEEK
        return ""

    def decline(self, row_id: int) -> str:
        """The company says no."""
        offer = self.offers[row_id]
        if code := self._unanswerable(offer, OPEN):
            return code
        offer.status = "declined"
        return ""

    def _unanswerable(self, offer: Offer, states: tuple[str, ...]) -> str:
        if offer.status == "expired" or (offer.status in states and offer.expires <= self.now):
            return "proposal_expired"
        return "" if offer.status in states else "already_answered"

    def undecidable(self, row_id: int, by: int) -> str:
        """Return why staff may not decide."""
        offer = self.offers[row_id]
        if self.purses[offer.purse].user == by:
            return "own_proposal"
        if offer.status not in OPEN:
            return "already_decided"
        return "proposal_expired" if offer.expires <= self.now else ""

    def withdraw(self, row_id: int, by: int) -> str:
        """Staff take it back."""
        if code := self.undecidable(row_id, by):
            return code
        self.offers[row_id].status = "withdrawn"
        return ""

    def confirm(self, row_id: int, by: int) -> str:
        """Staff confirm; the caller adds the reservation under its real id."""
        offer = self.offers[row_id]
        if code := self.undecidable(row_id, by):
            return code
        if offer.status != "agreed":
            return "not_agreed"
        code = self.reserve(offer.purse, offer.want, offer.amount)
        offer.status = offer.status if code else "confirmed"
        return code

    def release(self, row_id: int) -> str:
        """Money goes back."""
        if not self.kept[row_id].is_kept:
            return "already_released"
        self.kept[row_id].is_kept = False
        return ""

    def has_own(self, home: int, by: int) -> bool:
        """Whether *by* would decide on money of the own company by closing *home*."""
        waiting = [o for o in self.offers.values() if o.status in OPEN and o.expires > self.now]
        return any(self.wants[o.want].home == home and self.purses[o.purse].user == by for o in waiting)

    def close(self, home: int) -> None:
        """What is offered to *home* is taken back, what is kept for it is free again."""
        self.expire()
        for row in self.kept.values():
            row.is_kept = row.is_kept and self.wants[row.want].home != home
        for offer in self.offers.values():
            if offer.status in OPEN and self.wants[offer.want].home == home:
                offer.status = "withdrawn"

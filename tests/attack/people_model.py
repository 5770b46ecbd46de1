"""What pairing means, in dictionaries: every deed says which refusal is expected, "" for none."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

A_WEEK = timedelta(days=7)
OPEN = ("proposed", "accepted")
SAID_NO = ("declined", "refused")


@dataclass
class Home:
    """A household: how many visitors it wants, and whether its file is open."""

    wanted: int
    is_open: bool = True
    agrees: bool = True  # to pairing as such, on paper

    @property
    def is_living(self) -> bool:
        """Whether help is looked for."""
        return self.is_open


@dataclass
class Helper:
    """A volunteer: how many households, whether to be asked, and who signs in as them."""

    capacity: int
    is_active: bool = True
    user: int | None = None
    is_living = True


@dataclass
class Asked:
    """A proposal."""

    home: int
    helper: int
    expires: datetime
    status: str = "proposed"
    consent: bool = False

    @property
    def is_living(self) -> bool:
        """Whether somebody is still to answer or to decide."""
        return self.status in OPEN


@dataclass
class Bond:
    """A pairing."""

    home: int
    helper: int
    is_active: bool = True
    was_unwelcome: bool = False

    @property
    def is_living(self) -> bool:
        """Whether it goes on."""
        return self.is_active


@dataclass
class People:
    """The registers and everything between them, by the ids of the real rows."""

    now: datetime
    homes: dict[int, Home] = field(default_factory=dict)
    helpers: dict[int, Helper] = field(default_factory=dict)
    asked: dict[int, Asked] = field(default_factory=dict)
    bonds: dict[int, Bond] = field(default_factory=dict)

    def taken(self, home: int) -> int:
        """Return how many places of *home* are taken by pairings."""
        return sum(bond.is_active and bond.home == home for bond in self.bonds.values())

    def served(self, helper: int) -> int:
        """Return how many households *helper* visits."""
        return sum(bond.is_active and bond.helper == helper for bond in self.bonds.values())

    def expire(self) -> None:
        """Free the places of whom nobody answered."""
        for asked in self.asked.values():
            if asked.status in OPEN and asked.expires <= self.now:
                asked.status = "expired"

    def propose(self, home: int, helper: int, is_stale: bool) -> str:
        """Return the verdict on a pair of a run; what is over has expired first."""
        self.expire()
        if is_stale or not self.homes[home].is_open or not self.helpers[helper].is_active:
            return "changed"
        if self._is_decided(home, helper):
            return "decided"
        waiting = [asked for asked in self.asked.values() if asked.status in OPEN]
        if self.taken(home) + sum(asked.home == home for asked in waiting) >= self.homes[home].wanted:
            return "no_place"
        if self.served(helper) + sum(a.helper == helper for a in waiting) >= self.helpers[helper].capacity:
            return "no_capacity"
        return "written"

    def _is_decided(self, home: int, helper: int) -> bool:
        pair = (home, helper)
        asked = (a for a in self.asked.values() if a.status in OPEN + SAID_NO)
        bonds = (b for b in self.bonds.values() if b.is_active or b.was_unwelcome)
        return any((row.home, row.helper) == pair for row in (*asked, *bonds))

    def accept(self, row_id: int) -> str:
        """The volunteer says yes, and a new week begins."""
        asked = self.asked[row_id]
        if code := self._unanswerable(asked, ("proposed",)):
            return code
        asked.status, asked.expires = "accepted", self.now + A_WEEK
        return ""

    def decline(self, row_id: int) -> str:
        """The volunteer says no."""
        asked = self.asked[row_id]
        if code := self._unanswerable(asked, OPEN):
            return code
        asked.status = "declined"
        return ""

    def _unanswerable(self, asked: Asked, states: tuple[str, ...]) -> str:
        if asked.status == "expired" or (asked.status in states and asked.expires <= self.now):
            return "proposal_expired"
        return "" if asked.status in states else "already_answered"

    def next_deed(self, row_id: int) -> str:
        """Return what brings a proposal nearer to a pairing."""
        asked = self.asked[row_id]
        if asked.status == "proposed":
            return "accept"
        return "confirm" if asked.consent else "consent"

    def undecidable(self, row_id: int, by: int) -> str:
        """Return why staff may not decide."""
        asked = self.asked[row_id]
        if self.helpers[asked.helper].user == by:
            return "own_proposal"
        if asked.status not in OPEN:
            return "already_decided"
        return "proposal_expired" if asked.expires <= self.now else ""

    def consent(self, row_id: int, by: int) -> str:
        """The household agrees."""
        asked = self.asked[row_id]
        if code := self.undecidable(row_id, by):
            return code
        if asked.consent:
            return "consent_noted"
        if not self.homes[asked.home].agrees:
            return "consent_missing"
        asked.consent = True
        return ""

    def refuse(self, row_id: int, by: int) -> str:
        """The household says no."""
        if code := self.undecidable(row_id, by):
            return code
        self.asked[row_id].status, self.asked[row_id].consent = "refused", False
        return ""

    def withdraw(self, row_id: int, by: int) -> str:
        """Staff take it back."""
        if code := self.undecidable(row_id, by):
            return code
        self.asked[row_id].status = "withdrawn"
        return ""

    def confirm(self, row_id: int, by: int, is_in_past: bool) -> str:
        """Staff confirm; the caller adds the bond under the id of the real row."""
        asked = self.asked[row_id]
        code = self.undecidable(row_id, by) or self._not_ready(asked) or self._no_room(asked)
        if code or is_in_past:
            return code or "visit_in_past"
        asked.status = "confirmed"
        return ""

    def _not_ready(self, asked: Asked) -> str:
        if asked.status != "accepted":
            return "not_accepted"
        if not asked.consent:
            return "no_consent"
        return "" if self.homes[asked.home].agrees else "consent_missing"

    def _no_room(self, asked: Asked) -> str:
        home, helper = self.homes[asked.home], self.helpers[asked.helper]
        if not helper.is_active:
            return "volunteer_not_active"
        if self.taken(asked.home) >= home.wanted:
            return "no_place"
        return "volunteer_full" if self.served(asked.helper) >= helper.capacity else ""

    def end(self, row_id: int, is_wish: bool) -> str:
        """A pairing ends; the pair is not proposed again where the household wished it."""
        bond = self.bonds[row_id]
        if not bond.is_active:
            return "already_ended"
        bond.is_active, bond.was_unwelcome = False, is_wish
        return ""

    def has_own(self, home: int, by: int) -> bool:
        """Whether *by* would decide on a proposal to themselves by closing *home*."""
        waiting = [a for a in self.asked.values() if a.home == home and a.status in OPEN]
        return any(self.helpers[a.helper].user == by and a.expires > self.now for a in waiting)

    def close(self, home: int) -> None:
        """Everything under way for *home* ends with it."""
        self.expire()
        self.homes[home].is_open = False
        for bond in self.bonds.values():
            bond.is_active = bond.is_active and bond.home != home
        for asked in self.asked.values():
            if asked.home == home and asked.status in OPEN:
                asked.status = "withdrawn"

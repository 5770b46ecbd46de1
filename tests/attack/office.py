"""People and money at once: what touches both, and busy days on which much goes well."""

import random
from inspect import signature

from hypothesis import strategies as st
from hypothesis.stateful import rule

from pairing.households.models import Household
from pairing.matching import services as matching
from pairing.pairings.models import EndReason
from pairing.review import services as review
from tests.attack.machine import PICKS, RARELY, STAFF
from tests.attack.money_rules import MoneyRules
from tests.attack.people_rules import PeopleRules

# Left to itself, the machine tries what is refused far more often than what leads to a pairing.
ANY_TIME = {
    "propose": 6, "propose_money": 4, "reserve": 2, "time_passes": 1, "change_wishes": 1, "expire": 1,
    "agree_or_take_back": 1, "close_household": 1,
}  # fmt: skip
WITH_ROWS = {
    "asked": {"go_on": 14, "accept": 1, "consent": 1, "confirm": 2, "refuse_or_withdraw": 1, "decline": 1},
    "bonds": {"end": 2},
    "offers": {
        "go_on_with_money": 8,
        "agree": 1,
        "confirm_money": 1,
        "withdraw_money": 1,
        "decline_money": 1,
    },
    "kept": {"release": 2},
}
USUAL = {
    "by": (0, 1), "amount": (1, 100, 300, 400, 600, 0), "hours": (1, 30, 90, 169), "ahead": (0, 3, 40),
    "what": ("wanted", "capacity", "pause"), "number": (1, 2), "is_refused": (True, False),
    "is_stale": (False,), "really": (True,) + (False,) * 5,
    "reason": (EndReason.MOVED, EndReason.HOUSEHOLD_WISH),
}  # fmt: skip
DAY = 20  # deeds
SEEDS = st.integers(0, 10**6)


class Office(PeopleRules, MoneyRules):
    """The whole of it."""

    @rule(seed=SEEDS)
    def monday(self, seed):
        self._work_all_day(seed)

    @rule(seed=SEEDS)
    def tuesday(self, seed):
        self._work_all_day(seed)

    @rule(seed=SEEDS)
    def wednesday(self, seed):
        self._work_all_day(seed)

    @rule(seed=SEEDS)
    def thursday(self, seed):
        self._work_all_day(seed)

    @rule(seed=SEEDS)
    def friday(self, seed):
        self._work_all_day(seed)

    def _work_all_day(self, seed):
        """Do deeds that are usual in an office, each looked at like any other."""
        dice = random.Random(seed)  # noqa: S311 - to choose, not to keep a secret
        for _ in range(DAY):
            work = self._work()
            deed = getattr(self, dice.choices(list(work), list(work.values()))[0])
            deed(**{name: dice.choice(USUAL.get(name, range(12))) for name in signature(deed).parameters})
            self.compare()
        self.the_sums_are_right()

    def _work(self):
        rows = vars(self.people) | vars(self.money)
        work = dict(ANY_TIME)
        for name, deeds in WITH_ROWS.items():
            work |= deeds if any(row.is_living for row in rows[name].values()) else {}
        return work

    @rule()
    def expire(self):
        self.expire_what_is_over()
        self.deed("expire", "", lambda session: matching.expire_open(session, self.now) and None)

    @rule(home=PICKS, by=STAFF, really=RARELY)
    def close_household(self, home, by, really):
        row, who = self.pick(self.people.homes, home), self.staff[by]
        home = self.people.homes[row]
        if home.is_open and not really:  # rarely, so that there is somebody to help
            return
        is_own = self.people.has_own(row, who) or self.money.has_own(row, who)
        code = ("own_proposal" if is_own else "") if home.is_open else "household_closed"
        if not code:
            self.money.close(row)
            self.people.close(row)
        self.on(Household, "close", row, code, review.close_household, by, "搬走")

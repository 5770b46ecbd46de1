"""What may happen to pledged money, in any order."""

from datetime import timedelta
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from pairing import clock
from pairing.db import current_session
from pairing.enterprises import services as enterprises
from pairing.enterprises.models import Pledge
from pairing.funds import queries
from pairing.funds import services as funds
from pairing.funds.models import Reservation, ReservationStatus
from pairing.households import services as households
from pairing.households.models import Household, Need, NeedStatus, NeedType
from pairing.matching import services as matching
from pairing.matching.models import Grant, RunGrant, RunKind
from pairing.review import services as review
from tests.attack.machine import PICKS, RARELY, STAFF, Deeds, same
from tests.attack.money_model import Kept, Offer, Purse, Want
from tests.support.makers import NOW, make_enterprise, make_need, make_pledge, make_run

SUMS = st.sampled_from([1, 100, 300, 400, 600, 0])
WANTS = ((400, True, NeedType.MEDICAL), (600, False, NeedType.MEDICAL), (1000, True, NeedType.SCHOOLING))
offered = precondition(lambda self: self.money.offers)
kept = precondition(lambda self: self.money.kept)


def _rows(columns):
    return current_session().execute(columns)


class MoneyRules(Deeds):
    """Proposed, agreed to, reserved, released, closed."""

    def furnish(self):
        """Three pledges of a thousand fen with conditions, one of a company of staff; a need per home."""
        super().furnish()
        soon = clock.local(NOW).date() + timedelta(days=12)
        purses = (
            Purse(1000, ceiling=600, user=self.staff[1]),
            Purse(1000, limit=1, purpose="medical"),
            Purse(700, expires_on=soon),
        )
        for purse in purses:
            self.money.purses[self._pledge(purse).id] = purse
        for number, (amount, is_splittable, kind) in enumerate(WANTS):
            home = list(self.people.homes)[number]
            row = self._need(home, amount, is_splittable, kind)
            self.money.wants[row.id] = Want(home, amount, is_splittable, kind.value)

    def _pledge(self, purse):
        bounds = {
            "ceiling_fen": purse.ceiling,
            "household_limit": purse.limit,
            "expires_on": purse.expires_on,
        }
        purposes = [purse.purpose] if purse.purpose else []
        return make_pledge(make_enterprise(user_id=purse.user), purse.amount, purposes=purposes, **bounds)

    def _need(self, home, amount, is_splittable, kind):
        household = current_session().get_one(Household, home)
        return make_need(household, kind, amount, is_splittable=is_splittable)

    @rule(purse=PICKS, want=PICKS, amount=SUMS)
    def propose_money(self, purse, want, amount):
        purse, want = self.pick(self.money.purses, purse), self.pick(self.money.wants, want)
        amount = amount or self.money.wants[want].amount
        self.expire_what_is_over()
        verdict = self.money.propose(purse, want, amount)
        run_id = self.deed("propose_money", "", lambda session: self._offer(session, purse, want, amount))
        self.check_told(run_id, verdict)
        if verdict == "written":
            row_id = current_session().scalars(select(Grant.id).where(Grant.run_id == run_id)).one()
            self.money.offers[row_id] = Offer(purse, want, amount, self.now + timedelta(days=7))

    def _offer(self, session, purse, want, amount):
        run = make_run(RunKind.MONEY)
        session.add(RunGrant(run_id=run.id, pledge_id=purse, need_id=want, amount_fen=amount, parts={}))
        session.flush()
        matching.propose(session, run, self.by(session, 0), self.now)
        return run

    @offered
    @rule(row=PICKS)
    def agree(self, row):
        row = self.pick(self.money.offers, row)
        self.on(Grant, "agree", row, self.money.agree(row), matching.agree_grant, None)

    @offered
    @rule(row=PICKS)
    def decline_money(self, row):
        row = self.pick(self.money.offers, row)
        self.on(Grant, "decline_money", row, self.money.decline(row), matching.decline_grant, None, "")

    @offered
    @rule(row=PICKS, by=STAFF)
    def withdraw_money(self, row, by):
        row = self.pick(self.money.offers, row)
        code = self.money.withdraw(row, self.staff[by])
        self.on(Grant, "withdraw_money", row, code, review.withdraw_grant, by, "")

    @offered
    @rule(row=PICKS, by=STAFF)
    def confirm_money(self, row, by):
        row = self.pick(self.money.offers, row)
        code = self.money.confirm(row, self.staff[by])
        made = self.on(Grant, "confirm_money", row, code, review.confirm_grant, by)
        if not code:
            known = self.money.offers[row]
            self.money.kept[made] = Kept(known.purse, known.want, known.amount)

    @offered
    @rule(row=PICKS)
    def go_on_with_money(self, row):
        """Do what is to be done next, so that much comes to a good end."""
        is_new = self.money.offers[self.pick(self.money.offers, row)].status == "proposed"
        (self.agree if is_new else partial(self.confirm_money, by=0))(row=row)

    @rule(purse=PICKS, want=PICKS, amount=SUMS | st.just(-1))
    def reserve(self, purse, want, amount):
        purse, want = self.pick(self.money.purses, purse), self.pick(self.money.wants, want)
        code = self.money.reserve(purse, want, amount)
        made = self.deed(
            "reserve", code, lambda s: funds.reserve(s, purse, want, amount, self.by(s, 0), self.now)
        )
        if not code:
            self.money.kept[made] = Kept(purse, want, amount)

    @kept
    @rule(row=PICKS)
    def release(self, row):
        row = self.pick(self.money.kept, row)
        self.on(Reservation, "release", row, self.money.release(row), funds.release, 0)

    @rule(purse=PICKS, really=RARELY, twice=st.booleans())
    def close_pledge(self, purse, really, twice):
        row = self.pick(self.money.purses, purse)
        known = self.money.purses[row]
        if really or not known.is_active:
            code = "" if known.is_active else "pledge_closed"
            known.is_active = False
            self.on(Pledge, "close_pledge", row, code, enterprises.close_pledge, 0)
            if twice:
                self.on(Pledge, "close_pledge", row, "pledge_closed", enterprises.close_pledge, 0)

    @rule(want=PICKS, really=RARELY)
    def settle_need(self, want, really):
        row = self.pick(self.money.wants, want)
        known = self.money.wants[row]
        if really or not known.is_open:
            code = "" if known.is_open else "already_settled"
            known.is_open = False
            self.deed("settle_need", code, lambda session: self._settle(session, row))

    def _settle(self, session, row):
        need, by = session.get_one(Need, row), self.by(session, 0)
        households.settle_need(session, need, NeedStatus.MET, by, self.now)

    def every_offer_is_where_the_model_has_it(self):
        rows = {row_id: status.value for row_id, status in _rows(select(Grant.id, Grant.status))}
        same(rows, {row_id: offer.status for row_id, offer in self.money.offers.items()})

    def every_fen_is_where_the_model_has_it(self):
        r = Reservation
        columns = select(r.id, r.pledge_id, r.need_id, r.amount_fen, r.status)
        rows = {i: (*row, status is ReservationStatus.RESERVED) for i, *row, status in _rows(columns)}
        same(rows, {i: (row.purse, row.want, row.amount, row.is_kept) for i, row in self.money.kept.items()})

    def no_condition_of_a_giver_is_passed(self):
        """Said once more without the model's verdicts, which could be as wrong as the services."""
        for want, known in self.money.wants.items():
            assert self.money.of_want(want) <= known.amount
        for row_id, purse in self.money.purses.items():
            shares = self.money.of_purse(row_id)
            assert sum(shares.values()) <= purse.amount
            assert max(shares.values(), default=0) <= (purse.ceiling or purse.amount)
            assert len(shares) <= (purse.limit or len(shares))

    def the_sums_are_right(self):
        """What pages and runs reckon with."""
        sums = queries.reserved_fen_by_household(current_session())
        same(sums, {i: shares for i in self.money.purses if (shares := self.money.of_purse(i))})

    def compare(self):
        """Look at everything that this half knows."""
        super().compare()
        self.every_offer_is_where_the_model_has_it()
        self.every_fen_is_where_the_model_has_it()
        self.no_condition_of_a_giver_is_passed()

"""What may happen between households and volunteers, in any order."""

from datetime import timedelta
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from pairing import clock
from pairing.consents.queries import get_standing
from pairing.consents.rules import GivenHow, Purpose, WithdrawnHow
from pairing.consents.services import ConsentValues, give_consent, withdraw_consent
from pairing.db import current_session
from pairing.households.models import Household
from pairing.matching import services as matching
from pairing.matching.models import DeclineReason, Proposal, RunPair
from pairing.pairings.models import EndReason, Pairing, PairingStatus
from pairing.review import services as review
from pairing.review.rules import How
from pairing.visits.models import Frequency, Visit, VisitStatus
from pairing.volunteers import services as volunteers
from pairing.volunteers.models import Volunteer
from tests.attack.machine import PICKS, RARELY, STAFF, Deeds, same
from tests.attack.people_model import Asked, Bond, Helper
from tests.support.makers import make_run, make_volunteer

LIVING = (VisitStatus.OPEN, VisitStatus.PLANNED)
asked = precondition(lambda self: self.people.asked)
paired = precondition(lambda self: self.people.bonds)


def _rows(columns):
    return current_session().execute(columns)


class PeopleRules(Deeds):
    """Proposed, answered, agreed to, confirmed, ended."""

    def furnish(self) -> None:
        """Three volunteers, one of them of the staff; every household agrees to be paired."""
        super().furnish()
        for row in self.people.homes:
            self._agree(current_session(), current_session().get_one(Household, row))
        for capacity, user in ((1, self.staff[0]), (1, None), (2, None)):
            row = make_volunteer(capacity=capacity, user_id=user)
            self.people.helpers[row.id] = Helper(capacity, user=user)
        self.crowd = {}

    @rule(home=PICKS, helper=PICKS, is_stale=RARELY)
    def propose(self, home, helper, is_stale):
        home, helper = self.pick(self.people.homes, home), self.pick(self.people.helpers, helper)
        self.expire_what_is_over()
        verdict = self.people.propose(home, helper, is_stale)
        run_id = self.deed("propose", "", lambda session: self._run(session, home, helper, is_stale))
        self.check_told(run_id, verdict)
        if verdict == "written":
            row_id = current_session().scalars(select(Proposal.id).where(Proposal.run_id == run_id)).one()
            self.people.asked[row_id] = Asked(home, helper, self.now + timedelta(days=7))

    def _run(self, session, home, helper, is_stale):
        run = make_run()
        versions = session.get_one(Household, home).version, session.get_one(Volunteer, helper).version
        pair = RunPair(run_id=run.id, household_id=home, volunteer_id=helper, points=50, parts={})
        pair.household_version, pair.volunteer_version = versions[0] - is_stale, versions[1]
        session.add(pair)
        session.flush()
        matching.propose(session, run, self.by(session, 1), self.now)
        return run

    @asked
    @rule(row=PICKS)
    def accept(self, row):
        row = self.pick(self.people.asked, row)
        self.on(Proposal, "accept", row, self.people.accept(row), matching.accept_proposal, None)

    @asked
    @rule(row=PICKS)
    def decline(self, row):
        row = self.pick(self.people.asked, row)
        told = (DeclineReason.TIME, "")
        self.on(Proposal, "decline", row, self.people.decline(row), matching.decline_proposal, None, *told)

    @asked
    @rule(row=PICKS, by=STAFF)
    def consent(self, row, by):
        row = self.pick(self.people.asked, row)
        code = self.people.consent(row, self.staff[by])
        self.on(Proposal, "consent", row, code, review.note_consent, by, How.PHONE)

    @asked
    @rule(row=PICKS, by=STAFF, is_refused=st.booleans())
    def refuse_or_withdraw(self, row, by, is_refused):
        row = self.pick(self.people.asked, row)
        if is_refused:
            code = self.people.refuse(row, self.staff[by])
            self.on(Proposal, "refuse", row, code, review.refuse_consent, by, How.PHONE, "")
        else:
            code = self.people.withdraw(row, self.staff[by])
            self.on(Proposal, "withdraw", row, code, review.withdraw_proposal, by, "")

    @asked
    @rule(row=PICKS, by=STAFF, ahead=st.sampled_from([0, 1, 5, 40, -1]))
    def confirm(self, row, by, ahead):
        row = self.pick(self.people.asked, row)
        yesterday = (clock.local(self.now).date() - timedelta(days=1), Frequency.MONTHLY, 0)
        code = self.people.confirm(row, self.staff[by], True)  # tried first, so that it comes up
        self.on(Proposal, "confirm", row, code, review.confirm_proposal, by, *yesterday)
        code = self.people.confirm(row, self.staff[by], ahead < 0)
        when = (clock.local(self.now).date() + timedelta(days=ahead), Frequency.MONTHLY, 0)
        made = self.on(Proposal, "confirm", row, code, review.confirm_proposal, by, *when)
        if not code:
            known = self.people.asked[row]
            self.people.bonds[made] = Bond(known.home, known.helper)

    @rule(home=PICKS, really=RARELY)
    def agree_or_take_back(self, home, really):
        """A household takes its consent to pairing back, or gives it again."""
        row = self.pick(self.people.homes, home)
        home = self.people.homes[row]
        if home.agrees and not really:
            return
        code = "" if home.agrees or home.is_open else "household_closed"
        do = self._take_back if home.agrees else self._agree
        home.agrees = home.agrees if code else not home.agrees
        self.deed("agree_or_take_back", code, lambda session: do(session, session.get_one(Household, row)))

    def _agree(self, session, household):
        today = clock.local(self.now).date()
        values = ConsentValues(today, GivenHow.PAPER, household.members[0].id)
        give_consent(session, household, Purpose.PAIRING, values, self.by(session, 1), self.now)

    def _take_back(self, session, household):
        consent = get_standing(session, household, Purpose.PAIRING)
        today = clock.local(self.now).date()
        withdraw_consent(session, consent, WithdrawnHow.PHONE, today, self.by(session, 1), self.now)

    @asked
    @rule(row=PICKS)
    def go_on(self, row):
        """Do what is to be done next, so that much comes to a good end."""
        deeds = {
            "accept": self.accept,
            "consent": partial(self.consent, by=1),
            "confirm": partial(self.confirm, by=1, ahead=5),
        }
        deeds[self.people.next_deed(self.pick(self.people.asked, row))](row=row)

    @paired
    @rule(row=PICKS, by=STAFF, reason=st.sampled_from([EndReason.MOVED, EndReason.HOUSEHOLD_WISH]))
    def end(self, row, by, reason):
        row = self.pick(self.people.bonds, row)
        code = self.people.end(row, reason is EndReason.HOUSEHOLD_WISH)
        self.on(Pairing, "end", row, code, review.end_pairing, by, reason, "")

    @rule(row=PICKS, what=st.sampled_from(["wanted", "capacity", "pause"]), number=st.integers(0, 2))
    def change_wishes(self, row, what, number):
        if what == "wanted":
            row = self.pick(self.people.homes, row)
            self.people.homes[row].wanted = number
            return self._set(Household, row, visitors_wanted=number)
        row = self.pick(self.people.helpers, row)
        known = self.people.helpers[row]
        if what == "capacity":
            known.capacity = number + 1
            return self._set(Volunteer, row, capacity=number + 1)
        deed = volunteers.pause_volunteer if known.is_active else volunteers.resume_volunteer
        known.is_active = not known.is_active
        return self.on(Volunteer, "pause", row, "", deed, 1)

    def _set(self, model, row_id, **values):
        def do(session):
            for name, value in values.items():
                setattr(session.get_one(model, row_id), name, value)

        self.deed("change", "", do)

    def every_proposal_is_where_the_model_has_it(self):
        columns = (Proposal.id, Proposal.status, Proposal.consent_at.is_not(None))
        rows = {i: (status.value, agreed) for i, status, agreed in _rows(select(*columns))}
        same(rows, {row_id: (row.status, row.consent) for row_id, row in self.people.asked.items()})

    def every_place_is_taken_by_the_pairing_of_the_model(self):
        columns = select(Pairing.id, Pairing.household_id, Pairing.volunteer_id, Pairing.status)
        rows = {i: (*both, status is PairingStatus.ACTIVE) for i, *both, status in _rows(columns)}
        same(rows, {i: (bond.home, bond.helper, bond.is_active) for i, bond in self.people.bonds.items()})

    def nobody_takes_more_than_there_is(self):
        """Where somebody asks for less than is taken already, nothing is added to it."""
        homes, helpers = self.people.homes.items(), self.people.helpers.items()
        counted = {("home", i): (self.people.taken(i), home.wanted) for i, home in homes}
        counted |= {("helper", i): (self.people.served(i), who.capacity) for i, who in helpers}
        for who, (taken, limit) in counted.items():
            assert taken <= max(limit, self.crowd.get(who, 0)), (who, taken, limit)
        self.crowd = {who: taken for who, (taken, _limit) in counted.items()}

    def no_visit_outlives_its_pairing(self):
        ended = [row_id for row_id, bond in self.people.bonds.items() if not bond.is_active]
        ahead = Visit.status.in_(LIVING), Visit.starts_at > self.now
        left = select(Visit.id).where(Visit.pairing_id.in_(ended), *ahead).limit(1)
        assert not ended or current_session().scalars(left).all() == []

    def compare(self):
        """Look at everything that this half knows."""
        super().compare()
        self.every_proposal_is_where_the_model_has_it()
        self.every_place_is_taken_by_the_pairing_of_the_model()
        self.nobody_takes_more_than_there_is()
        self.no_visit_outlives_its_pairing()

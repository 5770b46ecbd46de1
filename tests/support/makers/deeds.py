"""What happens between them: runs, proposals, pairings, money, visits, reminders, messages."""

from datetime import timedelta
from typing import Any

from pairing import clock
from pairing.accounts.models import User
from pairing.consents.models import Consent, ConsentGuardian
from pairing.consents.queries import children_of, find_standing
from pairing.consents.rules import GivenHow, Purpose, text_on
from pairing.db import db
from pairing.funds.models import Reservation, ReservationStatus
from pairing.households.models import Household, Member, Need
from pairing.matching.models import (
    Grant,
    GrantStatus,
    MatchingRun,
    Proposal,
    ProposalStatus,
    RunKind,
    RunStatus,
)
from pairing.outbox.models import Channel, Message, MessageStatus
from pairing.pairings.models import Pairing, PairingStatus
from pairing.subject_requests.models import (
    About,
    RequestChannel,
    RequestKind,
    RequestStatus,
    SubjectRequest,
)
from pairing.visits.models import (
    Frequency,
    Mood,
    Reminder,
    ReminderKind,
    ReminderStatus,
    Visit,
    VisitPlan,
    VisitReport,
    VisitStatus,
)
from tests.support.makers.people import make_user
from tests.support.makers.registers import make_household, make_need, make_pledge, make_volunteer
from tests.support.makers.saving import DISTRICT, MONDAY, NOW, numbers, save

A_WEEK = timedelta(days=7)


def make_run(kind: RunKind = RunKind.PEOPLE, **given: Any) -> MatchingRun:
    """Make a run that was only previewed."""
    known = {
        "status": RunStatus.PREVIEWED,
        "area_code": DISTRICT,
        "weights": {},
        "input_digest": "0" * 64,
        "summary": {},
    }
    return save(MatchingRun(kind=kind, created_at=NOW, **known | given))


def make_consent(household: Household, purpose: Purpose = Purpose.PAIRING, **given: Any) -> Consent:
    """Make a yes of the head, on paper, in today's words; a guardian spoke for every child."""
    head = next(member for member in household.members if member.is_head)
    known = {
        "area_code": household.area_code,
        "text_version": text_on(purpose, MONDAY).version,
        "given_on": MONDAY,
        "given_how": GivenHow.PAPER,
        "giver_id": head.id,
        "giver_name": head.name,
        "giver_relation": head.relation,
        "recorded_at": NOW,
        "guardians": [_guardian(child) for child in children_of(household, MONDAY)],
    }
    return save(Consent(household_id=household.id, purpose=purpose, **known | given))


def _guardian(child: Member) -> ConsentGuardian:
    return ConsentGuardian(member_id=child.id, child_name=child.name, guardian_name="张桂英", relation="祖母")


def make_proposal(household: Household | None = None, volunteer: Any = None, **given: Any) -> Proposal:
    """Make a proposal that waits for its volunteer's answer; one with consent has the household's paper."""
    household, volunteer = household or make_household(), volunteer or make_volunteer()
    if given.get("consent_at") and find_standing(db.session(), household.id, Purpose.PAIRING) is None:
        make_consent(household)
    known = {
        "status": ProposalStatus.PROPOSED,
        "area_code": household.area_code,
        "points": 80.0,
        "parts": {"skills": 50.0, "distance": 30.0},
        "created_at": NOW,
        "expires_at": NOW + A_WEEK,
    }
    return save(Proposal(household_id=household.id, volunteer_id=volunteer.id, **known | given))


def make_grant(need: Need | None = None, pledge: Any = None, **given: Any) -> Grant:
    """Make a proposal of money that waits for the company's answer."""
    need, pledge = need or make_need(make_household(), amount_fen=100_000), pledge or make_pledge()
    household = _household_of(need)
    known = {
        "status": GrantStatus.PROPOSED,
        "area_code": household.area_code,
        "amount_fen": need.amount_fen,
        "parts": {},
        "created_at": NOW,
        "expires_at": NOW + A_WEEK,
    }
    return save(Grant(pledge_id=pledge.id, need_id=need.id, household_id=household.id, **known | given))


def make_reservation(need: Need | None = None, pledge: Any = None, **given: Any) -> Reservation:
    """Make a reservation of money for a need."""
    need, pledge = need or make_need(make_household(), amount_fen=100_000), pledge or make_pledge()
    household = _household_of(need)
    known = {
        "status": ReservationStatus.RESERVED,
        "area_code": household.area_code,
        "amount_fen": need.amount_fen,
        "reserved_at": NOW,
    }
    return save(Reservation(pledge_id=pledge.id, need_id=need.id, household_id=household.id, **known | given))


def make_pairing(household: Household | None = None, volunteer: Any = None, **given: Any) -> Pairing:
    """Make a living pairing."""
    household, volunteer = household or make_household(), volunteer or make_volunteer()
    known = {
        "status": PairingStatus.ACTIVE,
        "area_code": household.area_code,
        "started_on": MONDAY,
        "created_at": NOW,
    }
    return save(Pairing(household_id=household.id, volunteer_id=volunteer.id, **known | given))


def make_plan(pairing: Pairing | None = None, **given: Any) -> VisitPlan:
    """Make the weekly plan of a pairing; no visit is laid out yet."""
    pairing = pairing or make_pairing()
    known = {"frequency": Frequency.WEEKLY, "first_visit_on": MONDAY, "half_day": 0, "laid_until": MONDAY}
    return save(VisitPlan(pairing_id=pairing.id, **known | given))


def make_visit(pairing: Pairing | None = None, **given: Any) -> Visit:
    """Make a visit that is planned for next Monday; an open one has ``volunteer_id=None``."""
    pairing = pairing or make_pairing()
    planned_on = given.pop("planned_on", MONDAY + A_WEEK)
    known = {
        "household_id": pairing.household_id,
        "pairing_id": pairing.id,
        "volunteer_id": pairing.volunteer_id,
        "area_code": pairing.area_code,
        "status": VisitStatus.PLANNED,
        "starts_at": clock.at(planned_on, 9),
        "created_at": NOW,
    }
    return save(Visit(planned_on=planned_on, **known | given))


def make_report(visit: Visit, by: User, **given: Any) -> VisitReport:
    """Make the report of *visit*; its status is the test's own business."""
    known = {
        "is_met": True,
        "visited_on": visit.planned_on,
        "minutes": 60,
        "topics": [],
        "mood": Mood.GOOD,
        "created_at": NOW,
    }
    return save(
        VisitReport(visit_id=visit.id, volunteer_id=visit.volunteer_id, reported_by_id=by.id, **known | given)
    )


def make_reminder(visit: Visit, user: User, **given: Any) -> Reminder:
    """Make a reminder of *visit* that waits for the day before."""
    known = {
        "kind": ReminderKind.DAY_BEFORE,
        "channel": Channel.INBOX,
        "status": ReminderStatus.WAITING,
        "due_at": visit.starts_at - timedelta(days=1),
    }
    return save(Reminder(visit_id=visit.id, user_id=user.id, **known | given))


def make_message(user: User | None = None, **given: Any) -> Message:
    """Make an e-mail that waits to be sent."""
    known = {
        "user_id": (user or make_user()).id,
        "channel": Channel.EMAIL,
        "subject": "明天有一次走访",
        "body": "请提前与家庭联系。",
        "link": "",
        "dedupe_key": f"test:{next(numbers)}",
        "status": MessageStatus.QUEUED,
        "due_at": NOW,
        "created_at": NOW,
    }
    return save(Message(**known | given))


def make_request(household: Household | None = None, **given: Any) -> SubjectRequest:
    """Make a request of a household to see its file, due in three weeks."""
    household = household or make_household()
    known = {
        "about": About.HOUSEHOLD,
        "about_id": household.id,
        "kind": RequestKind.COPY,
        "status": RequestStatus.OPEN,
        "channel": RequestChannel.IN_PERSON,
        "area_code": household.area_code,
        "received_on": MONDAY,
        "due_on": MONDAY + 3 * A_WEEK,
        "created_at": NOW,
    }
    return save(SubjectRequest(**known | given))


def _household_of(need: Need) -> Household:
    return db.session.get_one(Household, need.household_id)

"""A district in the middle of its work: two months played through the same deeds that people do.

Dates are relative to today, dice are seeded, so the same day always finds the same district.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import cycle
from random import Random

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.areas.models import Area
from pairing.consents.queries import children_of, has_consent
from pairing.consents.rules import OFFERED, Purpose
from pairing.consents.services import ConsentValues, GuardianValues, give_consent
from pairing.enterprises.models import Enterprise, Pledge
from pairing.households.models import Household, HouseholdStatus
from pairing.matching import services as matching
from pairing.matching.models import DeclineReason, Grant, GrantStatus, MatchingRun, Proposal, ProposalStatus
from pairing.matching.rules.weights import Weights
from pairing.outbox.models import Message, MessageStatus
from pairing.pairings.models import Pairing
from pairing.review import services as review
from pairing.review.rules import How
from pairing.values.half_days import bit
from pairing.visits import services as visits
from pairing.visits.models import Mood, Topic, Visit, VisitStatus
from pairing.volunteers.models import Volunteer

SEED = 530  # households surveyed when the story began
FIRST_RUN, ANSWERED, CONFIRMED = timedelta(days=56), timedelta(days=53), timedelta(days=50)
ASKED_FIRST = 0.22  # share of the first run; the others expire, as they do when nobody answers
SECOND_RUN = timedelta(days=3)
ANSWERED_AGAIN, CONSENTED_AGAIN = 0.2, 0.1  # of the second run; the others still wait for their volunteer
OPEN_VISITS = 60
ROUNDS = 4  # a visit where nobody was met is followed by another within days
FORGOTTEN = 0.15
AT_WORK = 10  # o'clock
NOTES = ("身体还好,一起聊了家常。", "帮忙代买了药,交代了用法。", "检查了燃气和插座,一切正常。", "")


def rehearse(session: Session, admin: User, today: date) -> None:
    """Play the first run, the visits since, and a second run that waits for everybody's part."""
    dice = Random(SEED)  # noqa: S311 - a story, not security
    people = _hold_people(session)
    district = admin.scope_code
    _play_first_run(session, dice, district, admin, today)
    _play_visits(session, dice, today)
    _play_second_run(session, dice, district, admin, today)
    _play_money(session, dice, district, admin, today)
    _open_some_visits(session, dice, admin, today)
    _deliver_the_past(session, today)
    _name_the_sign_ins(session)
    people.clear()


def _hold_people(session: Session) -> list[object]:
    """Read everybody once and hold them: the session forgets whom nobody holds, and would read them again."""
    return [row for model in (Area, User, Volunteer, Household) for row in session.scalars(select(model))]


def _at(today: date, ago: timedelta) -> datetime:
    return clock.at(today - ago, AT_WORK)


def _run(session: Session, district: str, admin: User, now: datetime) -> list[Proposal]:
    run = matching.preview_people(session, district, Weights(), admin, now)
    matching.propose(session, run, admin, now)
    return _proposals(session, run)


def _proposals(session: Session, run: MatchingRun) -> list[Proposal]:
    found = select(Proposal).where(Proposal.run_id == run.id).order_by(Proposal.household_id, Proposal.id)
    return list(session.scalars(found))


def _play_first_run(session: Session, dice: Random, district: str, admin: User, today: date) -> None:
    proposals = _run(session, district, admin, _at(today, FIRST_RUN))
    dice.shuffle(proposals)
    answered = _first(proposals, ASKED_FIRST)
    _answer(session, dice, answered, admin, _at(today, ANSWERED))
    _ask_homes(session, dice, answered, admin, _at(today, ANSWERED))
    for proposal in answered:
        if proposal.status is ProposalStatus.ACCEPTED and proposal.consent_at:
            review.confirm_as_suggested(session, proposal, admin, _at(today, CONFIRMED))


def _first(proposals: list[Proposal], share: float) -> list[Proposal]:
    return proposals[: round(share * len(proposals))]


def _answer(
    session: Session, dice: Random, proposals: Iterable[Proposal], admin: User, now: datetime
) -> None:
    """Let volunteers answer: those with an account by themselves, the others on the phone to staff."""
    for proposal in proposals:
        volunteer = session.get_one(Volunteer, proposal.volunteer_id)
        reason = dice.choice(list(DeclineReason)) if dice.random() < 0.1 else None
        if volunteer.user_id is None:
            review.note_answer(session, proposal, admin, How.PHONE, reason, "", now)
        elif reason:
            by = session.get_one(User, volunteer.user_id)
            matching.decline_proposal(session, proposal, by, reason, "", now)
        else:
            by = session.get_one(User, volunteer.user_id)
            matching.accept_proposal(session, proposal, by, now)


def _ask_homes(
    session: Session, dice: Random, proposals: Iterable[Proposal], admin: User, now: datetime
) -> None:
    for proposal in proposals:
        if proposal.status is not ProposalStatus.ACCEPTED:
            continue
        if dice.random() < 0.06:
            review.refuse_consent(session, proposal, admin, How.PHONE, "暂时不需要", now)
        else:
            household = session.get_one(Household, proposal.household_id)
            _agree(session, Random(household.id), household, admin, now)  # noqa: S311 - a story, not security
            review.note_consent(session, proposal, admin, dice.choice(list(How)), now)


def _agree(session: Session, dice: Random, household: Household, admin: User, now: datetime) -> None:
    """Let a household consent to pairing once, some to photos too, few to be written about."""
    on = clock.local(now).date()
    if has_consent(session, household.id, Purpose.PAIRING, on):
        return
    values = _agreement(dice, household, on)
    for purpose, share in ((Purpose.PAIRING, 1), (Purpose.PHOTO, 0.5), (Purpose.PUBLICITY, 0.15)):
        if dice.random() < share:
            give_consent(session, household, purpose, values, admin, now)


def _agreement(dice: Random, household: Household, on: date) -> ConsentValues:
    """Let the head of a household agree, also as guardian of the children."""
    head = next(member for member in household.members if member.is_head)
    children = children_of(household, on)
    return ConsentValues(
        given_on=on,
        given_how=dice.choice(OFFERED),
        giver_id=head.id,
        witness_name="楼长",
        guardians=tuple(GuardianValues(child.id, head.name, "监护人") for child in children),
    )


def _play_visits(session: Session, dice: Random, today: date) -> None:
    """Report the visits that lie behind us, and the second tries after nobody was met.

    Some of the last week's were forgotten.
    """
    past = select(Visit).where(Visit.status == VisitStatus.PLANNED, Visit.planned_on < today)
    forgotten: set[int] = set()
    for _round in range(ROUNDS):
        for visit in session.scalars(past.order_by(Visit.starts_at, Visit.id)).all():
            if visit.planned_on >= today - timedelta(days=7) and dice.random() < FORGOTTEN:
                forgotten.add(visit.id)
            if visit.id not in forgotten:
                _tell(session, dice, visit)


def _tell(session: Session, dice: Random, visit: Visit) -> None:
    by = _reporter(session, visit)
    if by:
        visits.report_visit(session, visit, _report(dice, visit), by, visit.starts_at + timedelta(hours=2))


def _reporter(session: Session, visit: Visit) -> User | None:
    """Return the volunteer's account, or whoever confirmed the pairing where there is none."""
    volunteer = session.get_one(Volunteer, visit.volunteer_id)
    pairing = session.get_one(Pairing, visit.pairing_id)
    return session.get(User, volunteer.user_id or pairing.confirmed_by_id)


def _report(dice: Random, visit: Visit) -> visits.ReportValues:
    if dice.random() < 0.04:
        return visits.ReportValues(is_met=False, visited_on=visit.planned_on, note="敲门无人应答")
    topics = tuple(dice.sample(list(Topic), 2))
    mood = dice.choices((Mood.GOOD, Mood.WORRIED), (88, 12))[0]
    minutes = dice.choice((30, 40, 45, 60, 90))
    return visits.ReportValues(True, visit.planned_on, minutes, topics, mood, dice.choice(NOTES))


def _play_second_run(session: Session, dice: Random, district: str, admin: User, today: date) -> None:
    """Propose to everybody who is still alone; leave a part at each step."""
    now = _at(today, SECOND_RUN)
    proposals = _run(session, district, admin, now)
    dice.shuffle(proposals)
    _answer(session, dice, _first(proposals, ANSWERED_AGAIN), admin, now + timedelta(days=1))
    _ask_homes(session, dice, _first(proposals, CONSENTED_AGAIN), admin, now + timedelta(days=2))


def _play_money(session: Session, dice: Random, district: str, admin: User, today: date) -> None:
    now = _at(today, SECOND_RUN)
    run = matching.preview_money(session, district, Weights(), admin, now)
    matching.propose(session, run, admin, now)
    grants = list(session.scalars(select(Grant).where(Grant.run_id == run.id).order_by(Grant.id)))
    later = now + timedelta(days=1)
    for grant, step in zip(grants, cycle((0, 1, 2, 2)), strict=False):
        if step:
            matching.agree_grant(session, grant, _giver(session, grant), later)
        if step == 2:
            review.confirm_grant(session, grant, admin, later + timedelta(hours=1))


def _giver(session: Session, grant: Grant) -> User | None:
    owner = select(Enterprise.user_id).join(Pledge, Pledge.enterprise_id == Enterprise.id)
    user_id = session.scalar(owner.where(Pledge.id == grant.pledge_id))
    return session.get(User, user_id) if user_id else None


def _open_some_visits(session: Session, dice: Random, admin: User, today: date) -> None:
    """Open visits for sign-up at homes that nobody is paired with."""
    taken = select(Pairing.household_id)
    alone = select(Household).where(Household.status == HouseholdStatus.OPEN, Household.id.not_in(taken))
    homes = list(session.scalars(alone.order_by(Household.id)))
    yesterday = _at(today, timedelta(days=1))
    for home in dice.sample(homes, min(OPEN_VISITS, len(homes))):
        day = today + timedelta(days=dice.randint(2, 14))
        half_day = bit(day.weekday(), dice.choice((0, 1)))
        visits.open_visit(session, home, day, half_day, "陪伴聊天,了解近况", admin, yesterday)


def _deliver_the_past(session: Session, today: date) -> None:
    """Mark the e-mails of the two months as sent, as the mail server of those days did."""
    past = Message.status == MessageStatus.QUEUED, Message.created_at < _at(today, timedelta(days=1))
    sent = update(Message).where(*past).values(status=MessageStatus.SENT, sent_at=Message.created_at)
    session.execute(sent.execution_options(synchronize_session=False))


def _name_the_sign_ins(session: Session) -> None:
    """Give the short sign-in names to a volunteer and a company that have something to do."""
    paired = select(Pairing.volunteer_id)
    asked = select(Proposal.volunteer_id).where(Proposal.status == ProposalStatus.PROPOSED)
    busy = Volunteer.id.in_(asked), Volunteer.id.in_(paired)
    volunteer = select(User).join(Volunteer, Volunteer.user_id == User.id).where(*busy).order_by(User.id)
    _swap(session, "volunteer", session.scalars(volunteer.limit(1)).first())
    grants = select(User).join(Enterprise, Enterprise.user_id == User.id)
    company = grants.join(Pledge, Pledge.enterprise_id == Enterprise.id).join(
        Grant, Grant.pledge_id == Pledge.id
    )
    waiting = company.where(Grant.status == GrantStatus.PROPOSED).order_by(User.id)
    _swap(session, "company", session.scalars(waiting.limit(1)).first())


def _swap(session: Session, name: str, user: User | None) -> None:
    holder = session.scalars(select(User).where(User.sign_in_name == name)).one()
    if user is None or user is holder:
        return
    other = user.sign_in_name
    user.sign_in_name = f"{name}-"
    session.flush()
    holder.sign_in_name = other
    session.flush()
    user.sign_in_name = name

"""Fifty at once: each burst makes what it needs, lets everybody click, and looks at what is left."""

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select

from pairing.db import transaction
from pairing.enterprises.models import Enterprise
from pairing.funds.models import Reservation, ReservationStatus
from pairing.funds.queries import reserved_fen_by_pledge
from pairing.matching.models import GrantStatus, ProposalStatus
from pairing.pairings.models import Pairing, PairingStatus
from pairing.visits.models import Reminder, Visit, VisitPlan, VisitStatus
from pairing.volunteers.models import Volunteer
from tests.attack.yard import CROWD, Yard, agreeing_household
from tests.support.makers import (
    NOW,
    make_grant,
    make_household,
    make_need,
    make_pledge,
    make_proposal,
    make_reservation,
    make_visit,
)

SHARE = 99_999  # fen; ten shares leave ten fen over
READY = {"status": ProposalStatus.ACCEPTED, "answered_at": NOW, "consent_at": NOW, "consent_how": "phone"}
AGREED = {"status": GrantStatus.AGREED, "answered_at": NOW}
VISIT = {"first_visit_on": "2026-12-03", "half_day": "0", "frequency": "quarterly"}


def allocate(yard: Yard) -> None:
    """Fifty grants of a tenth of one pledge: ten are reserved, not a fen more."""
    pledge_id, grants = _offered(yard)

    answers = yard.burst([(yard.staff, f"/review/grants/{row}/confirm", {}) for row in grants])

    assert Counter(answers) == {303: 10, 409: CROWD - 10}
    _sees(yard, pledge_id, 10 * SHARE)


def reverse(yard: Yard) -> None:
    """Fifty households leave at once: every fen kept for them is free again, once."""
    with yard, transaction() as session:
        pledge = make_pledge(_company(session, yard), amount_fen=CROWD * SHARE)
        homes = [make_household() for _ in range(CROWD)]
        for home in homes:
            make_reservation(make_need(home, amount_fen=SHARE), pledge)
        pledge_id, ids = pledge.id, [home.id for home in homes]

    answers = yard.burst([(yard.staff, f"/review/households/{row}/close", {"reason": "搬走"}) for row in ids])

    assert Counter(answers) == {303: CROWD}
    _sees(yard, pledge_id, 0)


def reverse_one(yard: Yard) -> None:
    """Fifty people close one household: it leaves once, its money comes back once."""
    with yard, transaction() as session:
        pledge, home = make_pledge(_company(session, yard), amount_fen=SHARE), make_household()
        kept = make_reservation(make_need(home, amount_fen=SHARE), pledge)
        path, pledge_id, kept_id = f"/review/households/{home.id}/close", pledge.id, kept.id

    answers = yard.burst([(yard.staff, path, {"reason": "搬走"})] * CROWD)

    assert Counter(answers) == {303: 1, 409: CROWD - 1}
    _sees(yard, pledge_id, 0)
    with yard as session:
        assert session.get_one(Reservation, kept_id).status is ReservationStatus.RELEASED


def lower(yard: Yard) -> None:
    """A company ends its pledge while staff reserve from it: what is reserved is what staff were told."""
    pledge_id, grants = _offered(yard, CROWD * SHARE)
    closings = [(yard.company, f"/enterprises/pledges/{pledge_id}/close", {})] * 5
    confirmations = [(yard.staff, f"/review/grants/{row}/confirm", {}) for row in grants[5:]]

    answers = yard.burst(closings + confirmations)

    assert Counter(answers[:5]) == {303: 1, 409: 4}
    assert set(answers[5:]) <= {303, 409}
    _sees(yard, pledge_id, answers[5:].count(303) * SHARE)


def double_click(yard: Yard) -> None:
    """One form sent fifty times: one deed, and everybody arrives."""
    pledge_id, grants = _offered(yard)
    path, same = f"/review/grants/{grants[0]}/confirm", {"request_key": uuid4().hex}

    answers = yard.burst([(yard.staff, path, same)] * CROWD)

    assert Counter(answers) == {303: CROWD}
    _sees(yard, pledge_id, SHARE)


def confirm(yard: Yard) -> None:
    """Fifty proposals for one household that wants two visitors: two are paired."""
    with yard, transaction():
        home = agreeing_household(yard, visitors_wanted=2)
        ids, home_id = [make_proposal(home, **READY).id for _ in range(CROWD)], home.id

    answers = yard.burst([(yard.staff, f"/review/proposals/{row}/confirm", VISIT) for row in ids])

    assert Counter(answers) == {303: 2, 409: CROWD - 2}
    with yard as session:
        pairs = select(Pairing.id).where(
            Pairing.household_id == home_id, Pairing.status == PairingStatus.ACTIVE
        )
        found = session.scalars(pairs).all()
        plans = select(func.count()).select_from(VisitPlan).where(VisitPlan.pairing_id.in_(found))
        assert (len(found), session.scalar(plans)) == (2, 2)


def confirm_one(yard: Yard) -> None:
    """Fifty people confirm one proposal: one pairing."""
    with yard, transaction():
        home = agreeing_household(yard, visitors_wanted=9)
        path, home_id = f"/review/proposals/{make_proposal(home, **READY).id}/confirm", home.id

    answers = yard.burst([(yard.staff, path, VISIT)] * CROWD)

    assert Counter(answers) == {303: 1, 409: CROWD - 1}
    with yard as session:
        assert session.scalar(select(func.count()).where(Pairing.household_id == home_id)) == 1


def accept(yard: Yard) -> None:
    """A volunteer says yes fifty times: it counts once."""
    with yard, transaction() as session:
        who = yard.volunteers[0]
        proposal = make_proposal(agreeing_household(yard), session.get_one(Volunteer, who.row_id))
        path = f"/matching/mine/{proposal.id}/accept"

    answers = yard.burst([(who, path, {})] * CROWD)

    assert Counter(answers) == {303: 1, 409: CROWD - 1}


def take_the_last_place(yard: Yard) -> None:
    """Fifty volunteers want one open visit: one gets it, and one only is reminded."""
    with yard, transaction():
        pairing_free = {"pairing_id": None, "volunteer_id": None, "status": VisitStatus.OPEN}
        visit_id = make_visit(**pairing_free).id

    answers = yard.burst([(who, f"/visits/open/{visit_id}/sign-up", {}) for who in yard.volunteers])

    assert answers.count(303) == 1
    assert set(answers) <= {303, 404, 409}  # who comes late may find the visit gone from the list
    with yard as session:
        winner = yard.volunteers[answers.index(303)]
        assert session.get_one(Visit, visit_id).volunteer_id == winner.row_id
        reminded = select(Reminder.user_id).where(Reminder.visit_id == visit_id).distinct()
        assert session.scalars(reminded).all() == [winner.user_id]
        session.get_one(Visit, visit_id).status = VisitStatus.CANCELLED
        session.commit()  # or the winner is busy in the next round


def _offered(yard: Yard, amount_fen: int = 10 * SHARE + 10) -> tuple[int, list[int]]:
    with yard, transaction() as session:
        pledge = make_pledge(_company(session, yard), amount_fen=amount_fen)
        needs = [make_need(make_household(), amount_fen=SHARE) for _ in range(CROWD)]
        return pledge.id, [make_grant(need, pledge, **AGREED).id for need in needs]


def _company(session: Any, yard: Yard) -> Enterprise:
    return session.get_one(Enterprise, yard.company.row_id)


def _sees(yard: Yard, pledge_id: int, expected_fen: int) -> None:
    with yard as session:
        assert reserved_fen_by_pledge(session, [pledge_id]).get(pledge_id, 0) == expected_fen


BURSTS: tuple[Callable[[Yard], None], ...] = (
    allocate, reverse, reverse_one, lower, double_click, confirm, confirm_one, accept, take_the_last_place,
)  # fmt: skip

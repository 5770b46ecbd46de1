"""Fifty at once on both engines, through the pages: nothing twice, no fen too much, no error."""

import os

import pytest
import time_machine
from sqlalchemy import func, select

from pairing.enterprises.models import Pledge
from pairing.funds.models import Reservation, ReservationStatus
from tests.attack.bursts import BURSTS
from tests.attack.yard import CROWD, open_yard
from tests.support.makers import NOW

ROUNDS = int(os.environ.get("PAIRING_ATTACK_ROUNDS", str(len(BURSTS))))


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW):
        yield


def overspent(session):
    """Return the pledges from which more is reserved than was pledged."""
    kept = func.sum(Reservation.amount_fen)
    sums = select(Reservation.pledge_id).join(Pledge, Pledge.id == Reservation.pledge_id)
    sums = sums.where(Reservation.status == ReservationStatus.RESERVED).group_by(
        Reservation.pledge_id, Pledge.amount_fen
    )
    return session.scalars(sums.having(kept > Pledge.amount_fen)).all()


def test_fifty_at_once_leave_nothing_twice_and_no_fen_too_much(live_app, engine_name):
    yard = open_yard(live_app)

    for number in range(ROUNDS):
        BURSTS[number % len(BURSTS)](yard)

    print(f"{engine_name}: {ROUNDS} rounds x {CROWD} at once: {dict(yard.answers)}")  # noqa: T201
    assert yard.answers.total() == ROUNDS * CROWD
    with yard as session:
        assert overspent(session) == []

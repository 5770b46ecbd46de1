"""Two deeds lock two rows crosswise: PostgreSQL ends one, which is tried again; nobody sees an error."""

from threading import Barrier, local

import pytest
import time_machine
from sqlalchemy import select

from pairing.db import transaction
from pairing.enterprises import services
from pairing.enterprises.models import Enterprise, Pledge, PledgeStatus
from tests.attack.yard import open_yard
from tests.support.makers import NOW, make_pledge

PAIRS = 10


@pytest.fixture
def crosswise(monkeypatch):
    """Let every closing of a pledge wait for another, and then want what the other one holds."""
    close, gate, tries = services.close_pledge, Barrier(2), []
    mine = local()

    def lock_both(session, pledge, by, now):
        tries.append(pledge.id)
        if not getattr(mine, "has_met", False):
            mine.has_met = True
            gate.wait(20)
        others = select(Pledge.id).where(Pledge.enterprise_id == pledge.enterprise_id)
        session.execute(others.where(Pledge.id != pledge.id).with_for_update()).all()
        close(session, pledge, by, now)

    monkeypatch.setattr(services, "close_pledge", lock_both)
    return tries


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_of_two_that_hold_each_other_up_both_are_done(live_app, crosswise):
    with time_machine.travel(NOW):
        yard = open_yard(live_app, volunteers=0)
        for _pair in range(PAIRS):
            with yard, transaction() as session:
                company = session.get_one(Enterprise, yard.company.row_id)
                ids = [make_pledge(company).id for _ in range(2)]

            answers = yard.burst([(yard.company, f"/enterprises/pledges/{row}/close", {}) for row in ids])

            assert answers == [303, 303]

    assert len(crosswise) >= 3 * PAIRS  # in each pair one had to begin again
    with yard as session:
        assert set(session.scalars(select(Pledge.status))) == {PledgeStatus.CLOSED}

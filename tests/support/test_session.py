"""The fixtures themselves: what a test writes is seen by its readers and gone afterwards."""

import pytest
from sqlalchemy import func, select

from pairing.areas.models import Area
from pairing.db import db, transaction
from pairing.households.models import Household
from tests.support.makers import OUTSIDE, make_household
from tests.support.together import together


@pytest.mark.parametrize("turn", ["once", "again"])
def test_every_test_begins_with_an_empty_register(session, turn):
    assert session.scalar(select(func.count()).select_from(Household)) == 0
    make_household()
    session.commit()
    with transaction() as writing:
        make_household()
        assert writing is session

    assert session.scalar(select(func.count()).select_from(Household)) == 2


def test_a_failed_transaction_takes_back_its_own_deeds_only(session):
    make_household()
    session.commit()

    def fail():
        with transaction():
            make_household()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert session.scalar(select(func.count()).select_from(Household)) == 1


def test_the_areas_are_there(session):
    assert session.scalar(select(func.count()).where(Area.code.startswith("370202"))) == 62
    assert session.get(Area, OUTSIDE)


def test_threads_on_a_live_app_see_real_commits(live_app):
    def register(_number):
        with live_app.app_context(), transaction():
            make_household()

    assert together(8, register) == [None] * 8
    with live_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Household)) == 8

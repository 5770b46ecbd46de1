"""Accounts at the same moment: failures are all counted, names and people are claimed once."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from pairing.accounts import services
from pairing.accounts.models import SignInFailure, User
from pairing.accounts.rules import LOCK_AFTER
from pairing.accounts.services import NewAccount
from pairing.db import db, transaction
from pairing.enterprises.models import Enterprise
from pairing.enterprises.services import EnterpriseValues, apply_as_enterprise
from pairing.volunteers.models import Volunteer
from pairing.volunteers.services import VolunteerValues, apply_as_volunteer
from tests.support.makers import (
    HOME,
    MONDAY,
    NOW,
    PASSWORD,
    identity_number,
    make_enterprise,
    make_staff,
    make_volunteer,
    phone_number,
    uscc,
)
from tests.support.together import together

AT_ONCE = 8
CHOSEN = "一句完全不同而且也够长的密码话"


def in_app(app, deed):
    """Do *deed* in a transaction of its own."""
    with app.app_context(), transaction() as session:
        return deed(session)


def count(app, model):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def test_failures_at_the_same_moment_are_all_counted(live_app):
    name = in_app(live_app, lambda session: make_staff(HOME).sign_in_name)

    together(AT_ONCE, lambda _n: in_app(live_app, lambda session: services.sign_in(session, name, None, NOW)))

    with live_app.app_context():
        assert db.session.scalars(select(SignInFailure)).one().locked_until > NOW
    assert AT_ONCE > LOCK_AFTER


def test_failures_of_a_name_that_nobody_has_are_all_counted_too(live_app):
    together(4, lambda _n: in_app(live_app, lambda session: services.sign_in(session, "nobody", None, NOW)))

    with live_app.app_context():
        assert db.session.scalars(select(SignInFailure)).one().count == 4


def test_a_password_that_was_changed_meanwhile_is_not_brought_back(session):
    user = make_staff()
    proof = services.prove_password(session, user.sign_in_name, PASSWORD)
    services.change_password(session, user, None, user.password_hash, services.hash_password(CHOSEN), NOW)

    assert services.sign_in(session, user.sign_in_name, proof, NOW) is None
    assert services.password_fits(user, CHOSEN)


def volunteer_values():
    return VolunteerValues(
        half_days=1, area_code=HOME, name="许一", identity_number=identity_number(), phone=phone_number(),
        registered_on=MONDAY,
    )  # fmt: skip


def company_values():
    return EnterpriseValues(HOME, "海带厂", uscc(), "许一", phone_number(), MONDAY)


def apply(app, deed, values, names):
    """Let many apply at once, each under its name; return the ids of the rows that were made."""
    kept = services.hash_password(CHOSEN)

    def one(n):
        return in_app(app, lambda session: id_of(deed(session, values(), NewAccount(names(n), kept), NOW)))

    return together(AT_ONCE, one)


def id_of(row):
    return row.id if row else None


@pytest.mark.parametrize(
    ("deed", "values"), [(apply_as_volunteer, volunteer_values), (apply_as_enterprise, company_values)]
)
def test_one_of_many_gets_the_name_and_the_others_hear_nothing(live_app, deed, values):
    answers = apply(live_app, deed, values, lambda _n: "the-same-name")

    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert count(live_app, User) == 1


def test_one_of_many_registers_the_same_person(live_app):
    same = volunteer_values()

    answers = apply(live_app, apply_as_volunteer, lambda: same, lambda n: f"name-{n}")

    assert [type(answer) for answer in answers if answer is not None] == [int]
    assert (count(live_app, User), count(live_app, Volunteer)) == (1, 1)


def test_one_of_many_asks_for_a_known_volunteer(live_app):
    number = in_app(live_app, lambda session: make_volunteer().identity_number)
    same = replace(volunteer_values(), identity_number=number)

    answers = apply(live_app, apply_as_volunteer, lambda: same, lambda n: f"name-{n}")

    assert [type(answer) for answer in answers if answer is not None] == [int]
    assert (count(live_app, User), count(live_app, Volunteer)) == (1, 1)


def test_one_of_many_asks_for_a_known_company(live_app):
    same = replace(company_values(), uscc=in_app(live_app, lambda session: make_enterprise().uscc))

    answers = apply(live_app, apply_as_enterprise, lambda: same, lambda n: f"name-{n}")

    assert [type(answer) for answer in answers if answer is not None] == [int]
    assert (count(live_app, User), count(live_app, Enterprise)) == (1, 1)

"""An account lies where the register's row lies: who may help it to a password follows a move."""

import flask_migrate
import pytest
from sqlalchemy import select

from pairing.accounts.models import AccountStatus, Invitation, User
from pairing.accounts.rules import Role
from pairing.accounts.services import find_invitation, invite
from pairing.db import db, transaction
from tests.support.makers import (
    HOME,
    NEARBY,
    NOW,
    STREET,
    make_company_user,
    make_enterprise,
    make_staff,
    make_user,
    make_volunteer,
    make_volunteer_user,
)

REGISTERS = {"volunteers": make_volunteer_user, "enterprises": make_company_user}


@pytest.fixture(params=REGISTERS)
def register(request):
    """Run the test with each register."""
    return request.param


def edit(reader, register, row, typed):
    """Change a row by the form that staff have."""
    action = f"main form[action='/{register}/{row.id}']"
    return reader.get(f"/{register}/{row.id}/edit").submit(typed, form=action)


def post(reader, path, status):
    """Send a deed that has no fields."""
    token = reader.get("/accounts/me/password").form().select_one("[name=csrf_token]")["value"]
    return reader.post(path, {"csrf_token": token}, status)


@pytest.mark.parametrize("kind", ["invite", "reset"])
def test_after_a_move_the_new_community_helps_to_a_password_and_the_old_one_does_not(
    new_reader, session, register, kind
):
    user, row = REGISTERS[register](HOME)

    edit(new_reader(make_staff(STREET)), register, row, {"area_code": NEARBY})

    post(new_reader(make_staff(HOME)), f"/accounts/{user.id}/{kind}", 404)
    assert session.query(Invitation).count() == 0
    post(new_reader(make_staff(NEARBY)), f"/accounts/{user.id}/{kind}", 200)
    assert session.query(Invitation).count() == 1


def test_a_link_made_before_a_move_is_dead_after_it(new_reader, session, register):
    user, row = REGISTERS[register](HOME)
    token = invite(session, user, make_staff(HOME), False, NOW)

    edit(new_reader(make_staff(STREET)), register, row, {"area_code": NEARBY})

    assert find_invitation(session, token, NOW) is None


def test_a_change_without_a_move_leaves_the_link_and_the_sign_in(new_reader, session, register):
    user, row = REGISTERS[register](HOME)
    token, inside = invite(session, user, make_staff(HOME), False, NOW), new_reader(user)

    edit(new_reader(make_staff(STREET)), register, row, {"note": "改一改"})

    assert find_invitation(session, token, NOW)
    inside.get("/accounts/me")


def test_a_move_signs_nobody_out(new_reader, register):
    user, row = REGISTERS[register](HOME)
    inside = new_reader(user)

    edit(new_reader(make_staff(STREET)), register, row, {"area_code": NEARBY})

    inside.get("/accounts/me")


@pytest.mark.parametrize(
    ("make", "role"), [(make_volunteer, Role.VOLUNTEER), (make_enterprise, Role.COMPANY)]
)
def test_an_approved_claim_lies_where_the_register_says_and_not_where_was_typed(
    new_reader, session, make, role
):
    claimant = make_user(role, NEARBY, status=AccountStatus.PENDING)
    row = make(area_code=HOME, claimed_by_id=claimant.id)
    register = "volunteers" if role is Role.VOLUNTEER else "enterprises"

    post(new_reader(make_staff(HOME)), f"/{register}/{row.id}/approve", 303)

    session.refresh(claimant)
    assert (claimant.scope_code, claimant.is_active) == (HOME, True)
    post(new_reader(make_staff(NEARBY)), f"/accounts/{claimant.id}/invite", 404)


@pytest.fixture
def strayed(live_app):
    """Make accounts that lie elsewhere than their rows, and one of staff."""
    with live_app.app_context():
        with transaction():
            for make in (make_volunteer, make_enterprise):
                make(area_code=HOME, user_id=make_user(Role.VOLUNTEER, NEARBY).id)
            make_staff(STREET)
        db.session.remove()
        yield


def test_accounts_that_strayed_are_brought_back_by_the_migration(strayed):
    flask_migrate.downgrade(revision="0011")
    flask_migrate.upgrade()

    db.session.remove()
    with transaction() as session:
        assert session.scalars(select(User.scope_code).order_by(User.id)).all() == [HOME, HOME, STREET]

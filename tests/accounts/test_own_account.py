"""One's own account: what stands there, and a new password."""

import pytest

from pairing.accounts.rules import LOCK_AFTER, Role
from pairing.accounts.services import password_fits
from pairing.db import db
from pairing.outbox.models import Message
from tests.support.makers import PASSWORD, make_staff, make_user

NEW = "another sentence that is long enough"
FORM = {"old_password": PASSWORD, "password": NEW, "password_again": NEW}


def test_every_role_sees_its_own_account(new_reader):
    for role in Role:
        user = make_user(role)
        assert user.sign_in_name in new_reader(user).get("/accounts/me").text


def test_a_new_password_keeps_this_session_and_ends_the_others(new_reader):
    user = make_staff()
    here, elsewhere = new_reader(user), new_reader(user)

    here.get("/accounts/me/password").submit(FORM)

    db.session.refresh(user)
    assert password_fits(user, NEW)
    assert elsewhere.get("/accounts/me", 302).answer.status_code == 302


def test_a_wrong_old_password_is_said_at_its_field(reader):
    page = reader.sign_in(make_staff()).get("/accounts/me/password")

    page = page.submit({**FORM, "old_password": "something else"}, status=422)

    assert "当前密码不正确" in page.words("#old_password-error")[0]


def test_guessing_the_own_password_inside_locks_as_at_the_door(reader):
    user = make_staff()
    page = reader.sign_in(user).get("/accounts/me/password")
    for _ in range(LOCK_AFTER):
        page.submit({**FORM, "old_password": "something else"}, status=422)

    page.submit(FORM, status=422)

    db.session.refresh(user)
    assert password_fits(user, PASSWORD)


def test_the_inbox_says_that_the_password_was_changed(reader, session):
    user = make_staff()

    reader.sign_in(user).get("/accounts/me/password").submit(FORM)

    assert session.query(Message).filter_by(user_id=user.id, subject="您的密码已修改").count() == 2


def test_whoever_owes_no_code_needs_a_longer_password(reader):
    page = reader.sign_in(make_user(Role.VOLUNTEER)).get("/accounts/me/password")

    page = page.submit({**FORM, "password": "tiger!lake7", "password_again": "tiger!lake7"}, status=422)

    assert page.words("#password-error") == ["密码至少 15 个字符"]


@pytest.mark.parametrize(("password", "status"), [(PASSWORD, 303), ("something else", 422)])
def test_another_address_wants_the_password_and_is_told_to_the_inbox(reader, session, password, status):
    user = make_user(Role.VOLUNTEER)
    page = reader.sign_in(user).get("/accounts/me/email")

    page.submit({"email": "new@example.com", "old_password": password}, status=status)

    session.refresh(user)
    assert (user.email == "new@example.com") is (status == 303)
    assert session.query(Message).filter_by(user_id=user.id).count() == (status == 303)


def test_a_short_or_mistyped_password_is_refused(reader):
    page = reader.sign_in(make_staff()).get("/accounts/me/password")

    short = page.submit({**FORM, "password": "short", "password_again": "short"}, status=422)
    common = page.submit({**FORM, "password": "woaini5201314", "password_again": "woaini5201314"}, status=422)
    unlike = page.submit({**FORM, "password_again": NEW + "x"}, status=422)

    assert short.words("#password-error") == ["密码至少 8 个字符"]
    assert "太常见" in common.words("#password-error")[0]
    assert unlike.words("#password_again-error") == ["两次输入的密码不一样"]

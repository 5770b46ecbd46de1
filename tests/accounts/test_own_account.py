"""One's own account: what stands there, and a new password."""

from pairing.accounts.rules import Role
from pairing.accounts.services import password_fits
from pairing.db import db
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

    assert "原密码不正确" in page.words("#old_password-error")


def test_a_short_or_mistyped_password_is_refused(reader):
    page = reader.sign_in(make_staff()).get("/accounts/me/password")

    short = page.submit({**FORM, "password": "short", "password_again": "short"}, status=422)
    unlike = page.submit({**FORM, "password_again": NEW + "x"}, status=422)

    assert short.words("#password-error") == ["密码至少 15 个字符"]
    assert unlike.words("#password_again-error") == ["两次输入的密码不一样"]

"""Signing in and out: whatever is wrong gets one answer, and only own paths are returned to."""

from datetime import timedelta

import pytest

from pairing.accounts import services
from pairing.accounts.models import AccountStatus
from pairing.accounts.rules import LOCK_AFTER, LOCK_MINUTES
from pairing.db import db
from tests.support.makers import NOW, PASSWORD, make_staff, make_user

SIGN_IN = "/accounts/sign-in"
WRONG = "登录名或密码不对"


def type_in(reader, user, password=PASSWORD, status=303, path=SIGN_IN):
    return reader.get(path).submit(
        {"sign_in_name": user.sign_in_name, "password": password}, form="main form", status=status
    )


def test_a_member_of_staff_signs_in_and_comes_home(reader):
    page = type_in(reader, make_staff())

    assert page.path == "/home"


def test_the_page_that_was_asked_for_comes_after_signing_in(reader):
    page = type_in(reader, make_staff(), path=f"{SIGN_IN}?next=/accounts/me")

    assert page.heading == "我的账号"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_nobody_is_sent_to_another_site(reader, target):
    user = make_staff()
    form = reader.get(SIGN_IN).form()
    data = {"sign_in_name": user.sign_in_name, "password": PASSWORD}
    data["csrf_token"] = form.select_one("[name=csrf_token]")["value"]

    answer = reader.fetch("POST", SIGN_IN, data=data, query_string={"next": target})

    assert answer.headers["Location"] == "/home"


@pytest.mark.parametrize("status", [s for s in AccountStatus if s is not AccountStatus.ACTIVE])
def test_a_closed_account_gets_the_answer_of_a_wrong_password(reader, status):
    page = type_in(reader, make_user(status=status), status=422)

    assert WRONG in page.text


def test_a_wrong_password_and_an_unknown_name_read_the_same(reader):
    user = make_staff()
    wrong = type_in(reader, user, password="not this one", status=422).words(".form-errors")
    user.sign_in_name = "nobody-of-that-name"
    db.session.expunge(user)

    assert type_in(reader, user, status=422).words(".form-errors") == wrong


def try_in(session, user, password, now):
    proof = services.prove_password(session, user.sign_in_name, password)
    return services.sign_in(session, user.sign_in_name, proof, now)


def test_failures_in_a_row_lock_the_account_for_a_while(session):
    user = make_staff()
    for _ in range(LOCK_AFTER):
        try_in(session, user, "wrong", NOW)

    assert try_in(session, user, PASSWORD, NOW) is None
    later = NOW + timedelta(minutes=LOCK_MINUTES, seconds=1)
    assert try_in(session, user, PASSWORD, later) is user


def test_failures_are_counted_by_the_page(reader):
    user = make_staff()

    type_in(reader, user, password="wrong", status=422)

    db.session.refresh(user)
    assert user.failed_count == 1


def test_signing_out_forgets_the_person(reader):
    page = type_in(reader, make_staff())

    page.submit(form="form[action='/accounts/sign-out']")

    assert reader.get("/accounts/me", 302).answer.headers["Location"].startswith(SIGN_IN)

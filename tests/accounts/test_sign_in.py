"""Signing in and out: whatever is wrong gets one answer, and only own paths are returned to."""

from datetime import timedelta

import pytest

from pairing.accounts import services
from pairing.accounts.models import AccountStatus, SignInFailure
from pairing.accounts.rules import LOCK_AFTER, LOCK_MINUTES, Role
from pairing.audit.models import AuditEntry
from tests.support.makers import NOW, PASSWORD, make_staff, make_user
from tests.support.signing_in import SIGN_IN, code_now, type_code, type_in

WRONG = "登录名或密码不对"
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/%5cevil.example",
    "/%2fevil.example",
    "/%252fevil.example",
    "https:evil.example",
    "//user@evil.example/accounts",
    " //evil.example",
    "/\r\n/evil.example",
    "javascript:alert(1)",
]


def test_a_volunteer_signs_in_and_comes_home(reader):
    page = type_in(reader, make_user(Role.VOLUNTEER))

    assert page.path == "/home"


def test_the_page_that_was_asked_for_comes_after_password_and_code(reader):
    page = type_in(reader, make_staff(), path=f"{SIGN_IN}?next=/accounts/me")

    assert page.heading == "输入验证码"
    assert type_code(page, code_now()).heading == "我的账号"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_to_another_site(reader, target):
    user = make_user(Role.COMPANY)
    form = reader.get(SIGN_IN).form()
    data = {"sign_in_name": user.sign_in_name, "password": PASSWORD}
    data["csrf_token"] = form.select_one("[name=csrf_token]")["value"]

    answer = reader.fetch("POST", SIGN_IN, data=data, query_string={"next": target})

    assert answer.headers["Location"] == "/home"


@pytest.mark.parametrize("status", [s for s in AccountStatus if s is not AccountStatus.ACTIVE])
def test_a_closed_account_gets_the_answer_of_a_wrong_password(reader, status):
    page = type_in(reader, make_user(status=status), status=422)

    assert WRONG in page.text


def try_in(session, name, password, now=NOW):
    proof = services.prove_password(session, name, password)
    return services.sign_in(session, name, proof, now)


def test_failures_in_a_row_lock_the_account_for_a_while(session):
    user = make_staff()
    for _ in range(LOCK_AFTER):
        try_in(session, user.sign_in_name, "wrong")

    assert try_in(session, user.sign_in_name, PASSWORD) is None
    later = NOW + timedelta(minutes=LOCK_MINUTES, seconds=1)
    assert try_in(session, user.sign_in_name, PASSWORD, later) is user


def test_a_locked_account_says_the_same_as_any_failure(reader):
    user = make_staff()
    said = [type_in(reader, user, "wrong", 422).words(".form-errors") for _ in range(LOCK_AFTER)]

    assert [type_in(reader, user, status=422).words(".form-errors")] == said[:1]


def test_a_success_forgets_the_failures_before_it(session):
    user = make_staff()
    for _ in range(2):
        for _ in range(LOCK_AFTER - 1):
            try_in(session, user.sign_in_name, "wrong")
        assert try_in(session, user.sign_in_name, PASSWORD) is user


def test_a_name_counts_the_same_in_any_spelling_of_case(session):
    user = make_staff(sign_in_name="zhoumin")
    for name in ("ZhouMin", " zhoumin", "ZHOUMIN ", "zhouMIN", "zhoumin"):
        try_in(session, name, "wrong")

    assert try_in(session, user.sign_in_name, PASSWORD) is None
    assert session.query(SignInFailure).count() == 1


def test_failures_and_successes_stand_in_the_trail(reader, session):
    user = make_user(Role.VOLUNTEER)

    type_in(reader, user, "wrong", 422)
    type_in(reader, user)

    entries = session.query(AuditEntry).filter(AuditEntry.action.like("%sign_in")).order_by(AuditEntry.id)
    assert [(entry.action, entry.detail.get("user_id")) for entry in entries] == [
        ("fail_sign_in", user.id),
        ("sign_in", None),
    ]


def test_signing_out_forgets_the_person(reader):
    page = type_in(reader, make_user(Role.VOLUNTEER))

    page.submit(form="form[action='/accounts/sign-out']")

    assert reader.get("/accounts/me", 302).answer.headers["Location"].startswith(SIGN_IN)

"""The second factor: owed by staff, accepted once, counted, and replaced by codes on paper."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from pairing.accounts import services
from pairing.accounts.models import RecoveryCode, SignInFailure, SignInSession, User
from pairing.accounts.rules import LOCK_AFTER, LOCK_MINUTES, NEEDS_FACTOR, PENDING_FOR, Role
from pairing.accounts.services import factors, hasher
from pairing.accounts.services.factors import new_secret
from pairing.db import transaction
from pairing.outbox.models import Message
from pairing.web.headers import PENDING, SIGNED_IN
from tests.support.makers import NOW, PASSWORD, make_staff, make_user
from tests.support.signing_in import SIGN_IN, code_now, cookie_of, type_code, type_in, with_cookie
from tests.support.together import together

CODE = "/accounts/sign-in/code"
NEW = "/accounts/me/second-factor/new"
MINE = "/accounts/me/second-factor"
ME = "/accounts/me"
LONG, SHORT = "a sentence that is long enough", "tiger!lake7"


@pytest.fixture(autouse=True)
def clock():
    """Let time stand still, so that a code is the same when it is typed twice."""
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


@pytest.mark.parametrize("role", sorted(NEEDS_FACTOR))
def test_staff_owe_a_code_and_are_nobody_until_it_is_there(reader, role):
    page = type_in(reader, make_user(role))

    assert (page.path, page.heading) == (CODE, "输入验证码")
    assert page.answer.headers["Cache-Control"] == "no-store"
    reader.get(ME, 302)
    reader.fetch("POST", CODE, data=page.filled({"code": code_now()}))
    assert reader.get(ME).path == ME


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COMPANY])
def test_others_choose_themselves(reader, role):
    assert type_in(reader, make_user(role)).path == "/home"


def test_a_code_that_was_used_lets_nobody_in_again(new_reader):
    user = make_staff()
    type_code(type_in(new_reader(), user), code_now())

    page = type_code(type_in(new_reader(), user), code_now(), 422)

    assert "已用过" in page.words("#code-error")[0]


def test_of_two_who_type_the_same_code_at_once_one_comes_in(live_app):
    with live_app.app_context(), transaction():
        user_id = make_staff().id
    typed = code_now()

    def come(_n):
        with live_app.app_context(), transaction() as session:
            return services.accept_code(session, session.get_one(User, user_id), typed, None, NOW)

    assert sorted(together(4, come)) == [False, False, False, True]


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 303), (1, 303), (2, 422)])
def test_a_telephone_may_be_half_a_minute_off(reader, steps, status):
    type_code(type_in(reader, make_staff()), code_now(steps), status)


def test_wrong_codes_lock_and_the_right_password_does_not_unlock(new_reader, clock):
    user = make_staff()
    for _ in range(LOCK_AFTER):
        type_code(type_in(new_reader(), user), "000000", 422)

    type_code(type_in(new_reader(), user), code_now(), 422)
    clock.shift(timedelta(minutes=LOCK_MINUTES, seconds=1))
    assert type_code(type_in(new_reader(), user), code_now()).path == "/home"


def test_a_pending_sign_in_is_over_after_ten_minutes(reader, clock):
    page = type_in(reader, make_staff())

    clock.shift(PENDING_FOR)

    assert type_code(page, code_now()).path == SIGN_IN


def test_the_value_of_a_pending_sign_in_is_worth_nothing_afterwards(reader):
    page = type_in(reader, make_staff())
    kept = cookie_of(reader)
    type_code(page, code_now())

    assert with_cookie(reader, kept).get(CODE, 303).path == CODE


def test_what_was_known_before_the_code_opens_nothing_after_it(new_reader):
    victim, attacker = new_reader(), new_reader()
    page = type_in(victim, make_staff())
    with victim.client.session_transaction() as cookie:
        known = cookie[PENDING]
    with attacker.client.session_transaction() as cookie:
        cookie[SIGNED_IN] = known

    type_code(page, code_now())

    attacker.get(ME, 302)


def test_a_pending_value_is_no_session(reader):
    type_in(reader, make_staff())
    with reader.client.session_transaction() as cookie:
        cookie["_user_id"] = cookie[PENDING]

    reader.get(ME, 302)


def test_staff_without_an_authenticator_set_one_up_before_anything_else(reader, session):
    user = make_staff(totp_secret=None)
    page = type_in(reader, user)
    assert page.heading == "设置验证器"
    reader.get(ME, 302)
    secret = session.query(SignInSession).one().offered_secret

    page = type_code(page, code_now(secret=secret), 200)

    assert len(page.select(".recovery-codes code")) == 10
    assert reader.get(ME).path == ME
    session.refresh(user)
    assert user.totp_secret == secret


def test_a_mistyped_code_sets_nothing_up(reader, session):
    user = make_staff(totp_secret=None)

    page = type_code(type_in(reader, user), "123456", 422)

    assert page.words("#code-error")
    session.refresh(user)
    assert user.totp_secret is None


def enrolled(session, user):
    """Give *user* recovery codes; return them as shown."""
    codes = services.draw_codes()
    services.renew_codes(session, user, codes, NOW)
    return codes.shown


def test_a_recovery_code_works_once(new_reader, session):
    user = make_staff()
    first, second, *_others = enrolled(session, user)

    assert type_code(type_in(new_reader(), user), first).path == "/home"
    type_code(type_in(new_reader(), user), first, 422)
    assert type_code(type_in(new_reader(), user), second.replace(" ", "-")).path == "/home"


def test_recovery_codes_of_others_and_old_ones_are_worth_nothing(new_reader, session):
    user, other = make_staff(), make_staff()
    old, theirs = enrolled(session, user)[0], enrolled(session, other)[0]
    enrolled(session, user)

    for code in (old, theirs):
        type_code(type_in(new_reader(), user), code, 422)


def test_recovery_codes_are_kept_as_hashes(session):
    user = make_staff()
    shown = enrolled(session, user)

    kept = [row.code_hash for row in session.query(RecoveryCode).filter_by(user_id=user.id)]
    assert len(kept) == 10
    assert all(text.startswith("$argon2id$") for text in kept)
    assert not any(factors.digits(code) in "".join(kept) for code in shown)


def test_a_volunteer_turns_codes_on_and_the_other_sessions_end(new_reader, session):
    user = make_user(Role.VOLUNTEER)
    here, there = new_reader(user), new_reader(user)
    page = here.get(NEW)
    secret = (
        session.query(SignInSession).filter(SignInSession.offered_secret.is_not(None)).one().offered_secret
    )

    page.submit({"code": code_now(secret=secret), "old_password": PASSWORD}, status=200)

    there.get(ME, 302)
    assert "已开启" in here.get(MINE).text
    assert session.query(Message).filter_by(user_id=user.id, subject="登录验证方式已更换").count() == 2


def test_another_authenticator_wants_the_password(reader, session):
    user = make_user(Role.VOLUNTEER)
    page = reader.sign_in(user).get(NEW)
    secret = session.query(SignInSession).one().offered_secret

    page = page.submit({"code": code_now(secret=secret), "old_password": "something else"}, status=422)

    assert page.words("#old_password-error")
    session.refresh(user)
    assert user.totp_secret is None


@pytest.mark.parametrize(
    ("role", "password", "status"),
    [(Role.VOLUNTEER, LONG, 303), (Role.VOLUNTEER, SHORT, 409), (Role.AUDITOR, LONG, 409)],
)
def test_who_may_and_has_a_long_password_does_without(reader, session, role, password, status):
    user = make_user(role, totp_secret=new_secret(), password_hash=hasher.hash(password))
    page = reader.sign_in(user).get(MINE)

    answer = reader.fetch("POST", f"{MINE}/drop", data=page.filled({"old_password": password}))

    session.refresh(user)
    assert (answer.status_code, user.totp_secret is None) == (status, status == 303)


def test_the_demo_shows_the_code_of_invented_staff_and_of_nobody_else(new_reader):
    invented, real = make_staff(), make_staff(totp_secret=new_secret())

    pages = [type_in(new_reader(), user) for user in (invented, real)]

    assert [page.words("#demo-code") for page in pages] == [[code_now()], []]


def test_outside_the_demo_no_code_is_shown(reader, app, monkeypatch):
    monkeypatch.setitem(app.config, "PAIRING", replace(app.config["PAIRING"], demo=False))

    page = type_in(reader, make_staff())

    assert page.words("#demo-code") == []
    assert code_now() not in page.answer.text


def test_after_a_code_the_demo_shows_the_next_one_and_then_asks_to_wait(new_reader):
    user, shown = make_staff(), []
    for _ in range(2):
        page = type_in(new_reader(), user)
        shown += page.words("#demo-code")
        type_code(page, shown[-1])

    assert shown == [code_now(), code_now(1)]
    assert "请等半分钟" in type_in(new_reader(), user).text


def test_failed_codes_are_counted_apart_from_passwords(reader, session):
    type_code(type_in(reader, make_staff()), "000000", 422)

    assert sorted(row.count for row in session.query(SignInFailure)) == [0, 1]

"""Invitations: shown once to who made them, followed once, for a day."""

import hashlib
from datetime import timedelta

import pytest
import time_machine

from pairing.accounts.models import EndReason, Invitation, SignInSession
from pairing.accounts.rules import INVITATION_FOR, Role
from pairing.accounts.services import invite, password_fits
from pairing.audit.models import AuditEntry
from pairing.outbox.models import Message
from tests.support.makers import (
    DISTRICT,
    HOME,
    NEARBY,
    NOW,
    PASSWORD,
    STREET,
    make_company_user,
    make_staff,
    make_user,
    make_volunteer_user,
)
from tests.support.signing_in import code_now, type_code, type_in

CHOSEN = {"password": "tiger!lake7", "password_again": "tiger!lake7"}
LONGER = {"password": "a sentence that is long enough", "password_again": "a sentence that is long enough"}
LINKS = "/accounts/invitations/"
PAGE = "/accounts/invitation"


@pytest.fixture(autouse=True)
def clock():
    """Let time stand still until a test moves it."""
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


def follow(reader, token):
    """Open a link and return the page that it leads to."""
    return reader.get(reader.get(LINKS + token, 303).answer.headers["Location"])


def is_dead(reader, token):
    """Whether a link leads to the door."""
    reader.get(LINKS + token, 303)
    return reader.get(PAGE, 303).answer.headers["Location"] == "/accounts/sign-in"


def test_the_district_makes_a_link_that_is_shown_once_and_kept_as_a_hash(reader, session):
    user = make_staff(HOME, password_hash=None, totp_secret=None)
    page = reader.sign_in(make_staff()).get(f"/accounts/{user.id}")

    page = page.submit(form=f"form[action='/accounts/{user.id}/invite']", status=200)

    link = page.select("#link")[0].text.strip()
    token = link.removeprefix(f"http://localhost{LINKS}")
    assert session.query(Invitation).one().token_hash == hashlib.sha256(token.encode()).digest()
    assert page.answer.headers["Cache-Control"] == "no-store"
    assert session.query(Message).count() == 0


def test_an_invited_person_chooses_password_and_authenticator_and_is_in(reader, session):
    user = make_staff(HOME, password_hash=None, totp_secret=None)
    page = follow(reader, invite(session, user, None, False, NOW))

    page = page.submit(CHOSEN)
    secret = session.query(SignInSession).one().offered_secret
    type_code(page, code_now(secret=secret), 200)

    assert reader.get("/accounts/me").path == "/accounts/me"
    session.refresh(user)
    assert password_fits(user, CHOSEN["password"])


def test_looking_at_a_link_leaves_whoever_is_signed_in_where_they_are(new_reader, session):
    user, other = make_user(Role.VOLUNTEER), make_user(Role.VOLUNTEER)
    inside, token = new_reader(other), invite(session, user, None, False, NOW)

    page = follow(inside, token)

    assert user.sign_in_name in page.text
    assert other.sign_in_name in inside.get("/accounts/me").text


def test_a_dead_link_leaves_whoever_is_signed_in_where_they_are(new_reader):
    user = make_user(Role.VOLUNTEER)
    inside = new_reader(user)

    assert is_dead(inside, "nothing")

    assert user.sign_in_name in inside.get("/accounts/me").text


def test_choosing_a_password_by_link_ends_the_sign_in_that_the_browser_had(new_reader, session):
    user, other = make_user(Role.VOLUNTEER), make_user(Role.VOLUNTEER)
    inside, token = new_reader(other), invite(session, user, None, False, NOW)

    follow(inside, token).submit(LONGER)

    assert user.sign_in_name in inside.get("/accounts/me").text
    left = session.query(SignInSession).filter_by(user_id=other.id).one()
    assert left.end_reason is EndReason.SIGNED_OUT


def test_a_link_works_once_and_looking_at_it_uses_nothing_up(new_reader, session):
    user = make_user(Role.VOLUNTEER)
    token = invite(session, user, None, False, NOW)
    follow(new_reader(), token)

    assert follow(new_reader(), token).submit(LONGER).path == "/home"
    assert is_dead(new_reader(), token)


def test_a_page_that_stood_open_while_the_link_was_used_changes_nothing(new_reader, session):
    user = make_user(Role.VOLUNTEER)
    token = invite(session, user, None, False, NOW)
    late, early = follow(new_reader(), token), follow(new_reader(), token)
    early.submit(LONGER)

    answer = late.reader.fetch("POST", PAGE, data=late.filled(dict.fromkeys(CHOSEN, PASSWORD * 2)))

    session.refresh(user)
    assert answer.headers["Location"] == "/accounts/sign-in"
    assert password_fits(user, LONGER["password"])


def test_a_newer_link_voids_the_older_one(reader, session):
    user = make_user(Role.VOLUNTEER)
    older = invite(session, user, None, False, NOW)
    invite(session, user, None, False, NOW)

    assert is_dead(reader, older)


def test_a_link_is_over_after_a_day(reader, session, clock):
    token = invite(session, make_user(Role.VOLUNTEER), None, False, NOW)

    clock.shift(INVITATION_FOR + timedelta(seconds=1))

    assert is_dead(reader, token)


def test_a_link_to_a_disabled_account_is_dead(new_reader, session):
    user = make_staff(HOME)
    token = invite(session, user, None, False, NOW)
    page = new_reader(make_staff()).get(f"/accounts/{user.id}")

    page.submit(form=f"form[action='/accounts/{user.id}/disable']")

    assert is_dead(new_reader(), token)


def test_a_new_password_by_link_ends_every_session_and_keeps_the_second_factor(new_reader, session):
    user = make_staff(HOME)
    inside, token = new_reader(user), invite(session, user, None, False, NOW)

    page = follow(new_reader(), token).submit(CHOSEN)

    inside.get("/accounts/me", 302)
    assert page.heading == "输入验证码"
    ended = session.query(SignInSession).filter(SignInSession.end_reason == EndReason.PASSWORD).count()
    assert ended == 1


def test_a_lost_telephone_is_replaced_by_a_link_that_says_so(new_reader, session):
    user, admin = make_staff(HOME), make_staff()
    page = new_reader(admin).get(f"/accounts/{user.id}")
    page = page.submit(form=f"form[action='/accounts/{user.id}/reset']", status=200)
    token = page.select("#link")[0].text.strip().rsplit("/", 1)[1]
    session.refresh(user)
    assert user.totp_secret is not None

    assert follow(new_reader(), token).submit(CHOSEN).heading == "设置验证器"

    entry = session.query(AuditEntry).filter_by(action="invite_user").one()
    assert (entry.actor_id, entry.detail["resets_factor"]) == (admin.id, True)


def test_an_old_password_is_worth_nothing_once_a_link_was_used(new_reader, session):
    user = make_user(Role.VOLUNTEER)
    follow(new_reader(), invite(session, user, None, False, NOW)).submit(LONGER)

    type_in(new_reader(), user, PASSWORD, 422)


def target(kind):
    """Make somebody whose password is to be reset."""
    makers = {
        "volunteer": lambda: make_volunteer_user(HOME)[0],
        "company": lambda: make_company_user(HOME)[0],
        "worker": lambda: make_staff(HOME),
        "admin": lambda: make_staff(DISTRICT),
    }
    return makers[kind]()


@pytest.mark.parametrize(
    ("kind", "scope", "status"),
    [
        ("volunteer", HOME, 200),
        ("company", HOME, 200),
        ("volunteer", NEARBY, 404),
        ("company", NEARBY, 404),
        ("worker", STREET, 404),
        ("worker", HOME, 404),
        ("admin", STREET, 404),
        ("worker", DISTRICT, 200),
        ("admin", DISTRICT, 200),
        ("worker", "370203", 404),
    ],
)
def test_staff_reset_passwords_in_their_own_area_and_only_the_district_those_of_staff(
    reader, session, kind, scope, status
):
    user = target(kind)
    token = reader.sign_in(make_staff(scope)).get("/accounts/me/password").form()
    data = {"csrf_token": token.select_one("[name=csrf_token]")["value"]}

    reader.post(f"/accounts/{user.id}/invite", data, status)

    assert session.query(Invitation).count() == (1 if status == 200 else 0)


def test_the_owner_hears_of_a_link_that_somebody_asked_for(session):
    user = make_user(Role.VOLUNTEER)

    token = invite(session, user, make_staff(HOME), False, NOW)

    told = session.query(Message).filter_by(user_id=user.id).all()
    assert len(told) == 2
    assert not any(token in message.body + message.link for message in told)

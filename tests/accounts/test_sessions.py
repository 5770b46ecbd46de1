"""Sessions live on the server: new at sign-in, over at sign-out, and one's own are listed and ended."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from pairing.accounts.models import EndReason, SignInSession, User
from pairing.accounts.rules import IDLE_FOR, KEEP_ENDED, SESSION_FOR, Role
from pairing.accounts.services import change_post, disable_user, hash_token, prune_sessions
from pairing.db import db
from pairing.web.headers import SIGNED_IN
from tests.support.makers import HOME, NOW, STREET, make_staff, make_user
from tests.support.reader import Reader
from tests.support.signing_in import cookie_of, type_in, with_cookie

ME = "/accounts/me"
LIST = "/accounts/me/sessions"


@pytest.fixture
def volunteer(session):
    """Make somebody who needs no code."""
    return make_user(Role.VOLUNTEER)


def rows(session, *where):
    return session.scalar(select(func.count()).select_from(SignInSession).where(*where))


def token_in(reader):
    with reader.client.session_transaction() as cookie:
        return cookie[SIGNED_IN]


def test_the_cookie_holds_a_token_and_the_database_its_hash_alone(reader, session, volunteer):
    type_in(reader, volunteer)

    row = session.query(SignInSession).one()
    assert row.token_hash == hash_token(token_in(reader))
    with reader.client.session_transaction() as cookie:
        assert set(cookie) == {SIGNED_IN, "_fresh", "_permanent", "csrf_token"}


def test_signing_in_takes_nothing_over_from_before(new_reader, volunteer):
    victim, attacker = new_reader(), new_reader()
    victim.get("/accounts/sign-in")
    with victim.client.session_transaction() as cookie:
        cookie["planted"], token = "by somebody else", cookie["csrf_token"]
    planted = cookie_of(victim)

    type_in(victim, volunteer)

    with victim.client.session_transaction() as cookie:
        assert ("planted" in cookie, cookie["csrf_token"] == token) == (False, False)
    with_cookie(attacker, planted).get(ME, 302)


def test_a_second_sign_in_has_another_value(new_reader, volunteer):
    tokens = []
    for reader in (new_reader(), new_reader()):
        type_in(reader, volunteer)
        tokens.append(token_in(reader))

    assert len(set(tokens)) == 2


def test_an_old_cookie_opens_nothing_after_signing_out(reader, volunteer):
    page = type_in(reader, volunteer)
    kept = cookie_of(reader)
    page.submit(form="form[action='/accounts/sign-out']")

    with_cookie(reader, kept).get(ME, 302)


def test_signing_out_leaves_nothing_in_the_browser(reader, volunteer):
    page = type_in(reader, volunteer)
    token = page.select("input[name=csrf_token]")[0]["value"]

    answer = reader.fetch("POST", "/accounts/sign-out", data={"csrf_token": token})

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize("quiet", [IDLE_FOR - timedelta(minutes=2), IDLE_FOR + timedelta(seconds=1)])
def test_half_an_hour_without_a_click_ends_a_session(reader, volunteer, quiet):
    with time_machine.travel(NOW, tick=False) as clock:
        reader.sign_in(volunteer).get(ME)
        clock.shift(quiet)
        reader.get(ME, 200 if quiet < IDLE_FOR else 302)


def test_eight_hours_end_a_session_however_busy(reader, volunteer):
    with time_machine.travel(NOW, tick=False) as clock:
        reader.sign_in(volunteer)
        for _ in range(SESSION_FOR // timedelta(minutes=20) - 1):
            clock.shift(timedelta(minutes=20))
            reader.get(ME)
        clock.shift(timedelta(minutes=20, seconds=1))
        reader.get(ME, 302)


def test_the_last_use_is_written_once_a_minute(reader, session, volunteer):
    with time_machine.travel(NOW, tick=False) as clock:
        reader.sign_in(volunteer).get(ME)
        seen = []
        for _ in range(3):
            clock.shift(timedelta(seconds=40))
            reader.get(ME)
            seen.append(session.query(SignInSession.seen_at).scalar())

    assert seen == [NOW, NOW + timedelta(seconds=80), NOW + timedelta(seconds=80)]


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        (lambda s, user, by: disable_user(s, user, by, NOW), EndReason.DISABLED),
        (lambda s, user, by: change_post(s, user, Role.STREET_OFFICER, STREET, by, NOW), EndReason.ROLE),
    ],
)
def test_whoever_is_disabled_or_moved_is_out_at_once(reader, session, deed, reason):
    user = make_staff(HOME)
    reader.sign_in(user).get(ME)

    deed(session, session.get_one(User, user.id), make_staff())

    reader.get(ME, 302)
    assert session.query(SignInSession).filter_by(user_id=user.id).one().end_reason is reason


def test_one_s_own_sessions_are_listed_and_ended_one_by_one(new_reader, volunteer):
    here, there, third = (new_reader(volunteer) for _ in range(3))
    page = here.get(LIST)
    assert len(page.select("tbody tr")) == 3

    page = page.submit(form=f"{page.select('tbody form')[0].name}[action='{_end_of(page)}']")

    assert len(page.select("tbody tr")) == 2
    assert sorted(reader.fetch("GET", ME).status_code for reader in (here, there, third)) == [200, 200, 302]


def _end_of(page):
    return page.select("tbody form")[0]["action"]


def test_all_others_are_ended_with_one_button(new_reader, session, volunteer):
    here, there, stranger = new_reader(volunteer), new_reader(volunteer), new_reader(make_user(Role.COMPANY))

    here.get(LIST).submit(form=f"form[action='{LIST}/end-others']")

    there.get(ME, 302)
    assert [reader.get(ME).path for reader in (here, stranger)] == [ME, ME]
    ended = SignInSession.end_reason == EndReason.ENDED_ELSEWHERE
    assert rows(session, ended) == 1


def test_nobody_ends_the_session_of_somebody_else(new_reader, session, volunteer):
    there = new_reader(volunteer)
    row_id = session.query(SignInSession.id).scalar()
    here = new_reader(make_user(Role.COMPANY))
    token = here.get("/accounts/me/password").form().select_one("[name=csrf_token]")["value"]

    here.post(f"{LIST}/{row_id}/end", {"csrf_token": token}, 404)

    there.get(ME)


def test_a_session_says_browser_and_address_in_few_words(app, session, volunteer):
    reader = Reader(app)
    phone = "Mozilla/5.0 (Linux; Android 14; X) AppleWebKit/537 Chrome/126.0 Mobile MicroMessenger/8.0"
    form = reader.get("/accounts/sign-in").form("main form")
    given = {"sign_in_name": volunteer.sign_in_name, "password": "一句容易记住而且够长的密码话"}
    given["csrf_token"] = form.select_one("[name=csrf_token]")["value"]
    reader.fetch("POST", "/accounts/sign-in", data=given, headers={"User-Agent": phone})

    row = session.query(SignInSession).one()
    assert (row.browser, row.address) == ("MicroMessenger · Android", "127.0.0.1")


def test_what_is_over_is_forgotten_after_a_week(session, volunteer, reader):
    with time_machine.travel(NOW):
        reader.sign_in(volunteer)

    prune_sessions(session, NOW + IDLE_FOR + KEEP_ENDED - timedelta(minutes=1))
    assert rows(session) == 1
    prune_sessions(session, NOW + IDLE_FOR + KEEP_ENDED + timedelta(minutes=1))
    assert rows(session) == 0
    db.session.expire_all()

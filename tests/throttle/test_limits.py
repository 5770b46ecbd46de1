"""Too often is too often, on several machines together."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from pairing.accounts.access import line_of
from pairing.clock import today
from pairing.db import transaction
from pairing.throttle import services
from pairing.throttle.models import RateWindow
from pairing.throttle.rules import LIMITS, Limit
from pairing.visits.models import VisitStatus
from tests.support.makers import NOW, make_staff, make_visit, make_volunteer_user
from tests.support.together import together

MINUTE = timedelta(minutes=1)
FIRST = "main form[action$='/sign-up']"


def open_visit(days):
    """Offer a visit that anybody near may take."""
    day = today() + timedelta(days=days)
    open_to_all = {"volunteer_id": None, "pairing_id": None, "status": VisitStatus.OPEN}
    return make_visit(planned_on=day, **open_to_all)


@pytest.fixture(autouse=True)
def _three_a_minute(monkeypatch):
    monkeypatch.setitem(LIMITS, "search", Limit(3, MINUTE))


def ask(session, who="user:1", now=NOW, **options):
    return services.is_too_often(session, "search", who, now, **options)


def test_the_fourth_request_in_the_span_is_too_many(session):
    assert [ask(session) for _number in range(5)] == [False, False, False, True, True]


def test_everybody_is_counted_alone_and_each_kind_too(session, monkeypatch):
    monkeypatch.setitem(LIMITS, "reveal", Limit(1, MINUTE))
    for _number in range(3):
        ask(session)

    assert ask(session)
    assert not ask(session, "user:2")
    assert not services.is_too_often(session, "reveal", "user:1", NOW)


def test_a_new_span_begins_when_the_first_is_over(session):
    for _number in range(4):
        ask(session)

    assert ask(session, now=NOW + MINUTE - timedelta(seconds=1))
    assert not ask(session, now=NOW + MINUTE)


def test_an_office_behind_one_address_can_be_given_more(session):
    assert [ask(session, factor=2) for _number in range(7)] == [False] * 6 + [True]


def test_requests_at_the_same_moment_are_all_counted(live_app):
    def once(_number):
        with live_app.app_context(), transaction() as session:
            return ask(session)

    assert sorted(together(20, once)) == [False] * 3 + [True] * 17


def test_windows_that_are_over_are_forgotten(session):
    ask(session)
    ask(session, "user:2", NOW + MINUTE)

    services.prune(session, NOW + MINUTE)

    assert session.scalar(select(func.count()).select_from(RateWindow)) == 1


def test_no_name_or_address_stands_in_the_table(session):
    ask(session, "address:10.1.2.3")

    [row] = session.scalars(select(RateWindow))
    assert len(row.key) == 16
    assert b"10.1.2.3" not in bytes(row.key)


def test_who_searches_too_often_is_asked_to_wait(new_reader):
    reader = new_reader(make_staff())
    page = reader.get("/households")
    for _number in range(3):
        page = page.submit({"term": "张"}, form="form[action*=search]")

    answer = reader.get("/households").submit({"term": "张"}, form="form[action*=search]", status=429)

    assert "操作太频繁" in answer.text
    assert answer.answer.headers["Retry-After"] == "60"


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("", ""),
        ("no address", "no address"),
    ],
)
def test_one_subscriber_is_counted_as_one(address, line):
    assert line_of(address) == line


def test_a_volunteer_does_not_collect_addresses(new_reader, session, monkeypatch):
    monkeypatch.setitem(LIMITS, "sign_up", Limit(1, timedelta(days=1)))
    reader = new_reader(make_volunteer_user()[0])
    open_visit(9)
    reader.get("/visits/open").submit(form=FIRST)
    open_visit(10)

    last = reader.get("/visits/open").submit(form=FIRST, status=429)

    assert "操作太频繁" in last.text


@pytest.mark.parametrize("address", ["/visits/1/report", "/rosters", "/accounts/sign-in"])
def test_a_stranger_sends_no_load(reader, address):
    answer = reader.fetch("POST", address, data={"words": "长" * 400_000})

    assert answer.status_code == 413

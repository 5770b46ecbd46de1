"""Addresses that no page offers: ids beyond every table, zero bytes, names that `url_for` keeps."""

import pytest

from tests.house.access_world import methods, rules
from tests.support import databases
from tests.support.makers import DISTRICT, HOME, make_company_user, make_household, make_staff

ADDRESSES = rules(databases.build_app("sqlite://"))
PLAIN = [rule.rule for rule in ADDRESSES if "GET" in methods(rule) and not rule.arguments]
WITH_IDS = [rule.rule for rule in ADDRESSES if any(name.endswith("_id") for name in rule.arguments)]
BEYOND = (2**31, 10**30, "9" * 5000, "²")
NARROWED = "area category urgency status sort page term group action since tab rows kind week show skill"
HOSTILE = ("a%00b", "%ED%A0%80", "9" * 5000, "9999-12-31")
RESERVED = ("endpoint=x", "_method=X", "_scheme=javascript", "_external=1&_scheme=javascript", "self=x")
LISTS = ("/households", "/volunteers", "/review", "/visits", "/rosters")


@pytest.fixture
def admin(session, new_reader):
    """Somebody who may see most pages."""
    return new_reader(make_staff(DISTRICT))


def broken(reader, paths):
    """Return the paths that end in an error of the server."""
    statuses = {path[:90]: reader.fetch("GET", path).status_code for path in paths}
    return {path: status for path, status in statuses.items() if status >= 500}


def with_id(rule, number):
    """Return the address of *rule* with *number* for every id."""
    return "/".join(str(number) if part.startswith("<int:") else part for part in rule.split("/"))


@pytest.mark.parametrize("number", BEYOND, ids=lambda number: str(number)[:12])
def test_a_number_beyond_every_table_names_nothing(admin, number):
    shown = [rule for rule in WITH_IDS if rule.count("/") == 2]

    statuses = {admin.fetch("GET", with_id(rule, number)).status_code for rule in shown}

    assert statuses == {404}


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:12])
def test_no_filter_breaks_a_page(admin, value):
    query = "&".join(f"{name}={value}" for name in NARROWED.split())

    assert broken(admin, [f"{path}?{query}" for path in PLAIN]) == {}


@pytest.mark.parametrize("query", RESERVED)
def test_no_argument_is_taken_for_one_of_the_frameworks_own(admin, query):
    for _number in range(51):
        make_household(area_code=HOME)

    pages = [admin.fetch("GET", f"{path}?{query}") for path in LISTS]

    assert {page.status_code for page in pages} == {200}
    assert [page.request.path for page in pages if '"javascript:' in page.text] == []


def test_a_search_leads_to_our_own_list(admin, app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)

    answer = admin.fetch(
        "POST", "/households/search?_external=1&_scheme=javascript&sort=name", data={"term": "王"}
    )

    assert answer.location == "/households?sort=name"


@pytest.mark.parametrize("number", [2**31, 10**30, -1])
def test_ticked_rows_beyond_every_table_are_nobodys(admin, app, monkeypatch, new_reader, number):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    company = new_reader(make_company_user()[0])

    answers = [
        admin.fetch("POST", "/review/proposals/confirm", data={"row": str(number)}),
        admin.fetch("POST", "/review/grants/confirm", data={"row": str(number)}),
        company.fetch("POST", "/matching/grants/agree", data={"grant": str(number)}),
    ]

    assert [answer.status_code for answer in answers] == [303, 303, 303]


@pytest.mark.parametrize(
    "referrer", ["http://[x", "http://localhost//elsewhere.example/", "\\\\elsewhere.example"]
)
def test_an_error_page_leads_back_to_our_own_pages_only(session, reader, referrer):
    page = reader.fetch("GET", "/nowhere", headers={"Referer": referrer})

    assert page.status_code == 404
    assert "elsewhere.example" not in page.text

"""What each person finds at home, and what strangers see."""

import pytest

from pairing.accounts.rules import Role
from pairing.audit.services import record
from pairing.insight.rules import shown
from pairing.matching.models import ProposalStatus
from tests.support.makers import (
    NOW,
    make_company_user,
    make_household,
    make_pairing,
    make_proposal,
    make_staff,
    make_user,
    make_volunteer_user,
)


def test_a_stranger_finds_three_doors_and_no_small_figures(reader, session):
    make_pairing()

    page = reader.get("/")

    assert len(page.select(".door")) == 3
    assert page.words(".stat-value")[0].startswith("<5")


@pytest.mark.parametrize(("count", "words"), [(0, "0"), (1, "<5"), (4, "<5"), (5, "5"), (2447, "2447")])
def test_counts_that_could_point_at_a_family_are_hidden(count, words):
    assert shown(count) == words


def test_a_signed_in_person_goes_home(new_reader, session):
    answer = new_reader(make_staff()).fetch("GET", "/")

    assert answer.headers["Location"] == "/home"


def test_staff_see_what_waits_in_their_scope_only(new_reader, session):
    make_proposal(status=ProposalStatus.ACCEPTED)
    here = new_reader(make_staff()).get("/home")
    elsewhere = new_reader(make_user(Role.COMMUNITY_WORKER, "370202001001")).get("/home")

    assert "待征求家庭同意" in here.text
    assert "待征求家庭同意" not in elsewhere.text


def test_an_empty_district_says_what_to_do_first(new_reader, session):
    page = new_reader(make_staff()).get("/home")

    assert "现在没有待办" in page.text


def test_coverage_counts_a_paired_household_once(new_reader, session):
    home = make_household(visitors_wanted=2)
    make_pairing(home)
    make_pairing(home)
    make_household()

    page = new_reader(make_staff()).get("/home")

    assert "50%" in page.text


def test_a_volunteer_and_a_company_have_homes_of_their_own(new_reader, session):
    volunteer, _row = make_volunteer_user()
    company, _row = make_company_user()

    assert "下一次走访" in new_reader(volunteer).get("/home").text
    assert "还没有认捐" in new_reader(company).get("/home").text


def test_the_auditor_reads_the_trail_in_words(new_reader, session):
    household = make_household()
    record(session, None, "register_household", household, NOW)

    page = new_reader(make_user(Role.AUDITOR, "370202")).get("/trail")

    assert "登记家庭" in page.text
    assert f"家庭 {household.id}" in page.text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_only_the_auditor_reads_the_trail(new_reader, session, role):
    new_reader(make_user(role, "370202")).get("/trail", 404)


def test_a_day_that_is_none_narrows_nothing(new_reader, session):
    new_reader(make_user(Role.AUDITOR, "370202")).get("/trail?since=neulich&page=abc&action=nonsense")

"""A form does its deed once, and never silently loses another."""

import pytest
from sqlalchemy import func, select

from pairing.enterprises.models import Pledge
from pairing.errors import RuleBroken
from pairing.submissions import services
from tests.support.makers import NOW, make_company_user

KEY, BODY, OTHER = "0123456789abcdef", b"a" * 32, b"b" * 32


def test_the_same_key_leads_to_the_first_answer(session):
    assert services.claim(session, "user:1", KEY, BODY, NOW) is None
    services.settle(session, "user:1", KEY, "/there")

    assert services.claim(session, "user:1", KEY, BODY, NOW) == "/there"
    assert services.find_answer(session, "user:1", KEY, BODY) == "/there"


def test_the_same_key_with_another_body_is_refused(session):
    services.claim(session, "user:1", KEY, BODY, NOW)

    with pytest.raises(RuleBroken, match="已经提交过"):
        services.claim(session, "user:1", KEY, OTHER, NOW)


def test_a_key_belongs_to_its_sender(session):
    services.claim(session, "user:1", KEY, BODY, NOW)

    assert services.claim(session, "user:2", KEY, OTHER, NOW) is None


def test_going_back_and_sending_something_else_is_told(new_reader, session):
    user, _company = make_company_user()
    page = new_reader(user).get("/enterprises/pledges/new")
    page.submit({"amount": "2万元"})

    again = page.submit({"amount": "3万元"}, status=409)

    assert "这次的改动没有保存" in again.text
    assert session.scalar(select(func.count()).select_from(Pledge)) == 1

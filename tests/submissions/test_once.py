"""A form does its deed once, and never silently loses another."""

from contextvars import Context

import pytest
from sqlalchemy import func, select, text

from pairing.db import current_session as session_of_deed
from pairing.db import db, transaction
from pairing.enterprises import services as enterprise_services
from pairing.enterprises.models import Pledge
from pairing.errors import RuleBroken
from pairing.submissions import services
from pairing.submissions.models import Submission
from pairing.wording import _
from tests.support.forms import fill
from tests.support.makers import NOW, make_company_user
from tests.support.reader import Reader
from tests.support.together import together

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


def test_a_refused_form_may_be_corrected_and_sent_again(new_reader, session):
    user, _company = make_company_user()
    page = new_reader(user).get("/enterprises/pledges/new")

    page.submit({"amount": "很多"}, status=422).submit({"amount": "2万元"})

    assert session.scalar(select(func.count()).select_from(Pledge)) == 1
    assert session.scalar(select(func.count()).select_from(Submission)) == 1


def test_what_a_refused_form_has_written_is_taken_back(new_reader, session, monkeypatch):
    def write_and_refuse(*_given):
        db.session.add(Submission(sender="x", request_key="y", digest=BODY, location="", created_at=NOW))
        db.session.flush()
        raise RuleBroken(_("不行"), "no")

    monkeypatch.setattr("pairing.enterprises.services.add_pledge", write_and_refuse)
    user, _company = make_company_user()

    new_reader(user).get("/enterprises/pledges/new").submit({"amount": "2万元"}, status=409)

    assert session.scalars(select(Submission)).all() == []


def test_one_of_many_clicks_does_the_deed_and_all_arrive(live_app):
    with live_app.app_context():
        with transaction():
            user, _company = make_company_user()
        page = Reader(live_app).sign_in(user).get("/enterprises/pledges/new")
    form = fill(page.form(), {"amount": "2万元"})

    def click(_number):
        client = live_app.test_client()
        client._cookies.update(page.reader.client._cookies)
        return Context().run(client.post, page.path, data=form)

    answers = together(10, click)

    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/enterprises/pledges")}
    with live_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Pledge)) == 1


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_a_deed_that_met_another_is_tried_again(new_reader, session, monkeypatch):
    add, calls = enterprise_services.add_pledge, []

    def meet_another(*given):
        calls.append(1)
        if len(calls) < 3:
            session_of_deed().execute(text("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$"))
        return add(*given)

    monkeypatch.setattr("pairing.enterprises.services.add_pledge", meet_another)
    user, _company = make_company_user()

    new_reader(user).get("/enterprises/pledges/new").submit({"amount": "2万元"})

    assert len(calls) == 3
    assert session.scalar(select(func.count()).select_from(Pledge)) == 1

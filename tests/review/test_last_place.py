"""Fifty confirmations at the same moment, with commits that are real, on both engines."""

from contextvars import Context
from datetime import date

import pytest

from pairing.accounts.models import User
from pairing.db import db, transaction
from pairing.errors import RuleBroken
from pairing.funds.queries import reserved_fen_by_pledge
from pairing.households.models import Household
from pairing.matching.models import Grant, GrantStatus, Proposal, ProposalStatus
from pairing.pairings.models import Pairing
from pairing.review import services
from pairing.visits.models import Frequency, Visit, VisitPlan
from tests.support.forms import fill
from tests.support.makers import (
    NOW,
    make_grant,
    make_household,
    make_need,
    make_pledge,
    make_proposal,
    make_staff,
)
from tests.support.reader import Reader
from tests.support.together import together

CROWD = 50
THURSDAY = date(2026, 12, 3)
NEXT_MONDAY = date(2026, 11, 30)  # the household has time on Monday mornings, and today is too soon
READY = {"status": ProposalStatus.ACCEPTED, "answered_at": NOW, "consent_at": NOW, "consent_how": "phone"}


def seed(app, make, count):
    """Commit *count* things of one maker and a member of staff; return their ids and the staff's."""
    with app.app_context(), transaction():
        return [make().id for _ in range(count)], make_staff().id


def confirm(app, proposal_id, staff_id):
    with app.app_context(), transaction() as session:
        proposal, by = session.get_one(Proposal, proposal_id), session.get_one(User, staff_id)
        return services.confirm_proposal(session, proposal, by, THURSDAY, Frequency.WEEKLY, 0, NOW).id


def codes(answers):
    """Return the codes of the refusals; anything but a refusal or an id comes back as it is."""
    refused = [answer for answer in answers if not isinstance(answer, int)]
    return [answer.code if isinstance(answer, RuleBroken) else answer for answer in refused]


def test_the_last_place_of_a_household_is_confirmed_once(live_app):
    with live_app.app_context(), transaction():
        home = make_household(visitors_wanted=1)
        ids, staff_id = [make_proposal(home, **READY).id for _ in range(CROWD)], make_staff().id

    answers = together(CROWD, lambda number: confirm(live_app, ids[number], staff_id))

    assert codes(answers) == ["no_place"] * (CROWD - 1)
    with live_app.app_context():
        assert db.session.query(Pairing).count() == db.session.query(VisitPlan).count() == 1
        assert db.session.query(Proposal).filter_by(status=ProposalStatus.CONFIRMED).count() == 1


def test_the_same_proposal_is_confirmed_once(live_app):
    (proposal_id,), staff_id = seed(live_app, lambda: make_proposal(**READY), 1)

    answers = together(CROWD, lambda number: confirm(live_app, proposal_id, staff_id))

    assert codes(answers) == ["already_decided"] * (CROWD - 1)
    with live_app.app_context():
        assert db.session.query(Pairing).count() == 1


def test_fifty_grants_of_a_tenth_reserve_the_pledge_exactly(live_app):
    with live_app.app_context(), transaction():
        pledge = make_pledge(amount_fen=1_000_000)
        agreed = {"status": GrantStatus.AGREED, "answered_at": NOW}
        needs = [make_need(make_household(), amount_fen=100_000) for _ in range(CROWD)]
        ids, staff_id = [make_grant(need, pledge, **agreed).id for need in needs], make_staff().id
        pledge_id = pledge.id

    def reserve(number):
        with live_app.app_context(), transaction() as session:
            grant, by = session.get_one(Grant, ids[number]), session.get_one(User, staff_id)
            return services.confirm_grant(session, grant, by, NOW).id

    answers = together(CROWD, reserve)

    assert codes(answers) == ["pledge_spent"] * 40
    with live_app.app_context():
        assert reserved_fen_by_pledge(db.session()) == {pledge_id: 1_000_000}


@pytest.fixture
def opened(live_app):
    """Open the page of a proposal that can be confirmed, as a member of staff."""
    with live_app.app_context():
        with transaction():
            proposal, staff = make_proposal(make_household(half_days=1), **READY), make_staff()
        return Reader(live_app).sign_in(staff).get(f"/review/proposals/{proposal.id}")


def test_a_double_click_confirms_once_and_both_answers_lead_to_the_page(live_app, opened):
    form = opened.form("form[action$=confirm]")
    data = fill(form, {})

    def click(_number):
        client = live_app.test_client()
        client._cookies.update(opened.reader.client._cookies)
        return Context().run(client.post, str(form["action"]), data=data)

    answers = together(2, click)

    assert [answer.status_code for answer in answers] == [303, 303]
    assert {answer.headers["Location"] for answer in answers} == {opened.path}
    with live_app.app_context():
        assert db.session.query(Pairing).count() == db.session.query(VisitPlan).count() == 1
        assert db.session.query(Visit).filter_by(planned_on=NEXT_MONDAY).count() == 1


def test_fifty_clicks_on_the_last_place_are_answered_in_words(live_app, opened):
    """Every browser gets an answer: one the page, the others the reason; none an error of the system."""
    form = opened.form("form[action$=confirm]")
    with live_app.app_context(), transaction() as session:
        home = session.get_one(Household, session.query(Proposal).one().household_id)
        ids = [make_proposal(home, **READY).id for _ in range(CROWD)]

    def click(number):
        client = live_app.test_client()
        client._cookies.update(opened.reader.client._cookies)
        data = fill(form, {"request_key": f"click {number}"})
        return Context().run(client.post, f"/review/proposals/{ids[number]}/confirm", data=data).status_code

    answers = together(CROWD, click)

    assert sorted(answers) == [303] + [409] * (CROWD - 1)

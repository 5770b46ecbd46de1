from datetime import timedelta

import pytest

from pairing.errors import RuleBroken
from pairing.funds.queries import reserved_fen_by_pledge
from pairing.matching.models import GrantStatus
from pairing.outbox.models import Message
from pairing.review import services
from pairing.review.rules import How
from tests.support.makers import (
    NOW,
    make_company_user,
    make_enterprise,
    make_grant,
    make_household,
    make_need,
    make_pledge,
    make_staff,
)

AGREED = {"status": GrantStatus.AGREED, "answered_at": NOW}


def refusal(session, grant, by=None):
    with pytest.raises(RuleBroken) as refused:
        services.confirm_grant(session, grant, by or make_staff(), NOW)
    return refused.value.code


def test_confirm_reserves_the_money(session):
    grant = make_grant(**AGREED)

    reservation = services.confirm_grant(session, grant, make_staff(), NOW)

    assert (grant.status, grant.reservation_id) == (GrantStatus.CONFIRMED, reservation.id)
    assert reserved_fen_by_pledge(session) == {grant.pledge_id: grant.amount_fen}


def test_the_company_is_told_without_a_name(session):
    user, enterprise = make_company_user()
    need = make_need(make_household("孙桂兰"), amount_fen=100_000)
    grant = make_grant(need, make_pledge(enterprise), **AGREED)

    services.confirm_grant(session, grant, make_staff(), NOW)

    message = session.query(Message).filter_by(user_id=user.id, channel="inbox").one()
    assert message.subject == "认捐资金已预留 1,000.00 元"
    assert message.link == f"/review/pledges/{grant.pledge_id}"
    assert "孙桂兰" not in message.body


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"status": GrantStatus.PROPOSED}, "not_agreed"),
        ({"status": GrantStatus.DECLINED}, "already_decided"),
        ({"status": GrantStatus.CONFIRMED}, "already_decided"),
        ({"status": GrantStatus.EXPIRED}, "already_decided"),
        ({"expires_at": NOW - timedelta(seconds=1)}, "proposal_expired"),
    ],
)
def test_confirm_refuses_what_was_not_agreed_or_is_over(session, given, code):
    assert refusal(session, make_grant(**AGREED | given)) == code


def test_confirm_asks_the_pledge_again(session):
    grant = make_grant(pledge=make_pledge(amount_fen=99_999), **AGREED)

    assert refusal(session, grant) == "pledge_spent"
    assert grant.status is GrantStatus.AGREED


def test_confirm_refuses_staff_who_are_the_company(session):
    staff = make_staff()
    grant = make_grant(pledge=make_pledge(make_enterprise(user_id=staff.id)), **AGREED)

    assert refusal(session, grant, staff) == "own_proposal"


@pytest.mark.parametrize(("is_agreed", "status"), [(True, GrantStatus.AGREED), (False, GrantStatus.DECLINED)])
def test_staff_note_the_answer_of_a_company_without_account(session, is_agreed, status):
    grant = make_grant()

    services.note_grant_answer(session, grant, make_staff(), How.PHONE, is_agreed, "今年预算已满", NOW)

    assert grant.status is status


def test_nobody_answers_for_a_company_with_an_account(session):
    _, enterprise = make_company_user()
    grant = make_grant(pledge=make_pledge(enterprise))

    with pytest.raises(RuleBroken) as refused:
        services.note_grant_answer(session, grant, make_staff(), How.PHONE, True, "", NOW)

    assert refused.value.code == "has_account"


def test_withdrawn_money_stays_with_the_pledge_and_the_company_hears_of_it(session):
    user, enterprise = make_company_user()
    grant = make_grant(pledge=make_pledge(enterprise), **AGREED)

    services.withdraw_grant(session, grant, make_staff(), "需求已解决", NOW)

    assert grant.status is GrantStatus.WITHDRAWN
    assert reserved_fen_by_pledge(session) == {}
    assert (
        session.query(Message).filter_by(user_id=user.id, channel="inbox").one().subject
        == "一条资金建议已撤回"
    )
    assert refusal(session, grant) == "already_decided"

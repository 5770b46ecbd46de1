import pytest
from flask import url_for

from pairing.households.models import GenderWish
from pairing.matching.models import DeclineReason, GrantStatus, ProposalStatus
from pairing.matching.services import messages
from pairing.privacy.pseudonym import pseudonym
from pairing.values.needs import NeedType
from tests.support.makers import (
    HOME,
    make_company_user,
    make_grant,
    make_household,
    make_need,
    make_pledge,
    make_proposal,
    make_staff,
    make_volunteer_user,
)


@pytest.fixture
def asked(session):
    """A volunteer with an account, and a proposal to them."""
    user, helper = make_volunteer_user()
    home = make_household("王秀英", needs=[NeedType.LEGAL], gender_wish=GenderWish.FEMALE, half_days=0b1)
    return user, make_proposal(home, helper)


def test_a_volunteer_sees_what_matters_but_not_who_it_is(new_reader, asked):
    page = new_reader(asked[0]).get("/matching/mine").follow("台西社区")

    for words in ("法律", "希望女志愿者", "周一上午"):
        assert words in page.text
    for secret in ("王秀英", "台西三路", "+86"):
        assert secret not in page.answer.text


def test_a_volunteer_accepts(new_reader, asked):
    user, proposal = asked
    page = new_reader(user).get(f"/matching/mine/{proposal.id}")

    after = page.submit(form="main form[action$=accept]")

    assert "您已接受" in after.text
    assert proposal.status is ProposalStatus.ACCEPTED


def test_accepting_twice_does_the_deed_once(new_reader, asked):
    user, proposal = asked
    page = new_reader(user).get(f"/matching/mine/{proposal.id}")

    for _ in range(2):
        assert "您已接受" in page.submit(form="main form[action$=accept]").text


def test_a_volunteer_declines_with_a_reason(new_reader, asked):
    user, proposal = asked
    page = new_reader(user).get(f"/matching/mine/{proposal.id}")

    after = page.submit({"reason": "distance", "note": "要换两次车"}, form="main form[action$=decline]")

    assert after.path == "/matching/mine"
    assert (proposal.decline_reason, proposal.decline_note) == (DeclineReason.DISTANCE, "要换两次车")


def test_declining_without_a_reason_keeps_what_was_typed(new_reader, asked):
    user, proposal = asked
    page = new_reader(user).get(f"/matching/mine/{proposal.id}")

    again = page.submit({"note": "要换两次车"}, form="main form[action$=decline]", status=422)

    assert again.select("#reason-error")
    assert "要换两次车" in again.text
    assert proposal.status is ProposalStatus.PROPOSED


def test_a_proposal_is_its_volunteers_own(new_reader, asked):
    stranger, staff = new_reader(make_volunteer_user()[0]), new_reader(make_staff(HOME))

    assert "现在没有新的建议" in stranger.get("/matching/mine").text
    stranger.get(f"/matching/mine/{asked[1].id}", 404)
    staff.get(f"/matching/mine/{asked[1].id}", 404)


@pytest.fixture
def offered(session):
    """A company with an account, and two grants proposed to it."""
    user, company = make_company_user()
    pledge = make_pledge(company)
    needs = [make_need(make_household("王秀英"), NeedType.MEDICAL, 80_000) for _ in range(2)]
    return user, company, [make_grant(need, pledge) for need in needs]


def test_a_company_sees_pseudonyms_only(new_reader, offered):
    user, company, grants = offered

    page = new_reader(user).get("/matching/grants/mine")

    assert "王秀英" not in page.answer.text
    assert pseudonym(company.id, grants[0].household_id) in page.text
    assert "800.00 元" in page.text


def test_a_company_agrees_to_the_ticked_ones(new_reader, offered):
    user, _company, grants = offered
    page = new_reader(user).get("/matching/grants/mine")

    after = page.submit({"grant": [str(grants[0].id)]}, button="同意所选")

    assert "已同意 1 笔" in after.text
    assert [grant.status for grant in grants] == [GrantStatus.AGREED, GrantStatus.PROPOSED]


def test_a_company_agrees_to_one(new_reader, offered):
    user, _company, grants = offered
    page = new_reader(user).get(f"/matching/grants/{grants[0].id}")

    assert "等工作人员确认" in page.submit(form="main form[action$=agree]").text
    assert grants[0].status is GrantStatus.AGREED


def test_a_company_declines_with_a_reason(new_reader, offered):
    user, _company, grants = offered
    page = new_reader(user).get(f"/matching/grants/{grants[0].id}")

    assert page.submit(form="main form[action$=decline]", status=422).select("#note-error")
    page.submit({"note": "今年额度已另行安排"}, form="main form[action$=decline]")

    assert (grants[0].status, grants[0].decline_note) == (GrantStatus.DECLINED, "今年额度已另行安排")


def test_a_grant_is_its_companys_own(new_reader, offered):
    _user, _company, grants = offered
    reader = new_reader(make_company_user()[0])

    reader.get(f"/matching/grants/{grants[0].id}", 404)
    page = reader.get("/matching/grants/mine")
    token = page.select("[name=csrf_token]")[0]["value"]
    reader.post("/matching/grants/agree", {"csrf_token": token, "grant": str(grants[0].id)}, 303)

    assert grants[0].status is GrantStatus.PROPOSED


def test_the_addresses_in_messages_are_those_of_the_pages(app):
    with app.test_request_context():
        assert url_for("matching.list_my_proposals") == messages.MY_PROPOSALS
        assert url_for("matching.list_my_grants") == messages.MY_GRANTS
        assert url_for("review.list_proposals") == messages.TO_CONFIRM["proposal"]
        assert url_for("review.list_grants") == messages.TO_CONFIRM["grant"]

"""Noting and confirming on the page of one proposal, as staff do it."""

from datetime import date

import pytest

from pairing.consents.queries import find_standing
from pairing.consents.rules import Purpose
from pairing.matching.models import GrantStatus, ProposalStatus
from pairing.outbox.models import Message
from pairing.values.half_days import bit
from pairing.visits.models import Visit, VisitPlan
from tests.support.makers import (
    NOW,
    make_company_user,
    make_consent,
    make_grant,
    make_household,
    make_pairing,
    make_pledge,
    make_proposal,
    make_staff,
    make_volunteer,
    make_volunteer_user,
)
from tests.support.reader import Reader

ACCEPTED = {"status": ProposalStatus.ACCEPTED, "answered_at": NOW}
READY = {**ACCEPTED, "consent_at": NOW, "consent_how": "phone"}
ANSWER, CONFIRM = "form[action$=answer]", "form[action$=confirm]"
WITHDRAW = "form[action$=withdraw]"


def open_page(reader, proposal):
    return reader.sign_in(make_staff()).get(f"/review/proposals/{proposal.id}")


def test_answer_consent_and_confirmation_follow_one_another(reader):
    household = make_household()
    proposal = make_proposal(household)
    agreed = {"giver": str(household.members[0].id), "given_how": "paper"}

    page = open_page(reader, proposal).submit({"answer": "yes", "how": "phone"}, form=ANSWER)
    page = page.submit(agreed, form="form[action$=consent]")
    page = page.submit({}, form=CONFIRM)

    assert proposal.status is ProposalStatus.CONFIRMED
    assert page.words("#next") == ["处理结果"]
    assert page.words(".timeline-title") == ["已结对", "家庭同意", "志愿者接受", "匹配提出建议"]


def test_a_no_needs_its_reason_and_keeps_what_was_typed(reader):
    proposal = make_proposal()

    said = {"answer": "no", "how": "phone", "note": "太忙"}
    page = open_page(reader, proposal).submit(said, form=ANSWER, status=422)

    assert page.words(".field-error") == ["请选择谢绝的原因"]
    assert page.select("#note")[0].get_text(strip=True) == "太忙"
    page.submit({"reason": "time"}, form=ANSWER)
    assert proposal.status is ProposalStatus.DECLINED


def test_nobody_is_asked_to_answer_for_a_volunteer_with_an_account(reader):
    _, volunteer = make_volunteer_user()

    page = open_page(reader, make_proposal(volunteer=volunteer))

    assert not page.select(ANSWER)
    assert "请等本人登录后答复" in page.text


def test_consent_needs_how_it_was_given(reader):
    page = open_page(reader, make_proposal(**ACCEPTED)).submit({}, form="form[action$=consent]", status=422)

    assert page.words(".field-error") == ["请选择谁同意的", "请选择怎样同意的"]


def test_a_household_that_has_consented_is_only_asked_about_the_volunteer(reader):
    household = make_household()
    make_consent(household)
    page = open_page(reader, make_proposal(household, **ACCEPTED))

    page = page.submit({"how": "phone"}, form="form[action$=consent]")

    assert "已记录家庭同意" in page.text


def test_without_a_standing_consent_the_page_says_so_and_confirms_nothing(reader, session):
    proposal = make_proposal(**READY)
    session.delete(find_standing(session, proposal.household_id, Purpose.PAIRING))
    page = open_page(reader, proposal)
    assert "没有有效的结对同意书" in page.text

    assert "没有有效的结对同意书" in page.submit({}, form=CONFIRM, status=409).text
    assert proposal.status is ProposalStatus.ACCEPTED


def test_a_household_says_no_on_the_page(reader):
    proposal = make_proposal(**ACCEPTED)

    page = open_page(reader, proposal).submit({"refused_how": "phone"}, form="form[action$=refuse]")

    assert proposal.status is ProposalStatus.REFUSED
    assert "名额已空出" in page.text


def test_confirming_offers_the_next_common_half_day_and_the_usual_frequency(reader):
    proposal = make_proposal(make_household(half_days=bit(3, 0) | bit(3, 1)), **READY)

    page = open_page(reader, proposal)

    assert page.select("#first_visit_on")[0]["value"] == "2026-11-26"
    assert page.words("#half_day option")[0] == "周四上午(11 月 26 日)"
    assert page.words("#frequency option[selected]") == ["每两周一次"]


def test_a_date_that_is_no_such_weekday_is_refused_with_one_that_is(reader):
    page = open_page(reader, make_proposal(make_household(half_days=bit(3, 0)), **READY))

    again = page.submit({"first_visit_on": "2026年12月1日"}, form=CONFIRM, status=422)

    assert again.words(".field-error") == ["这一天是周二,与所选的周四上午不符,可改为 2026-11-26"]
    assert again.select("#first_visit_on")[0]["value"] == "2026年12月1日"


def test_unreadable_past_and_far_dates_are_refused_at_the_field(reader):
    page = open_page(reader, make_proposal(**READY))

    for typed in ("下周", "2026-11-22", "2027-03-01", ""):
        again = page.submit({"first_visit_on": typed}, form=CONFIRM, status=422)
        assert len(again.words(".field-error")) == 1, typed


@pytest.mark.parametrize("made_up", [3, 1 << 21, 1 << 40, -1, "9" * 5000, "x"])
def test_a_made_up_half_day_is_refused_at_the_field(reader, made_up):
    page = open_page(reader, make_proposal(**READY))

    again = page.submit({"half_day": str(made_up)}, form=CONFIRM, status=422)

    assert len(again.words(".field-error")) == 1


def test_the_plan_is_what_was_chosen(reader, session):
    page = open_page(reader, make_proposal(make_household(half_days=bit(3, 0)), **READY))

    page.submit({"first_visit_on": "2026/12/3", "frequency": "monthly"}, form=CONFIRM)

    plan = session.query(VisitPlan).one()
    assert (plan.first_visit_on, plan.frequency.value, plan.half_day) == (
        date(2026, 12, 3),
        "monthly",
        bit(3, 0),
    )
    assert session.query(Visit).count() == 3


def test_a_place_that_is_gone_is_said_in_words(reader):
    household = make_household()
    page = open_page(reader, make_proposal(household, **READY))
    make_pairing(household)

    assert "名额已满" in page.submit({}, form=CONFIRM, status=409).text


def test_the_same_form_twice_leads_to_the_same_page(reader):
    page = open_page(reader, make_proposal(**READY))

    first, second = page.submit({}, form=CONFIRM), page.submit({}, form=CONFIRM)

    assert first.path == second.path == page.path


def test_a_grant_is_answered_and_confirmed_on_its_page(reader):
    grant = make_grant()
    page = reader.sign_in(make_staff()).get(f"/review/grants/{grant.id}")

    page = page.submit({"answer": "yes", "how": "written"}, form=ANSWER)
    page = page.submit({}, form=CONFIRM)

    assert grant.status is GrantStatus.CONFIRMED
    assert page.words("#next") == ["处理结果"]


def test_a_company_that_says_no_by_phone_is_written_down(reader):
    grant = make_grant()
    page = reader.sign_in(make_staff()).get(f"/review/grants/{grant.id}")

    again = page.submit({"answer": "no"}, form=ANSWER, status=422)
    again.submit({"how": "phone", "note": "今年预算已满"}, form=ANSWER)

    assert (grant.status, grant.decline_note) == (GrantStatus.DECLINED, "今年预算已满")


def test_staff_who_are_the_volunteer_find_nothing_to_confirm(reader):
    staff = make_staff()
    proposal = make_proposal(volunteer=make_volunteer(user_id=staff.id), **READY)

    page = reader.sign_in(staff).get(f"/review/proposals/{proposal.id}")

    assert not page.select("main form[method=post]")
    assert "请由其他工作人员处理" in page.text


def test_the_messages_lead_to_pages_that_are_there(reader, session):
    user, volunteer = make_volunteer_user()
    giver, enterprise = make_company_user()
    grant = make_grant(pledge=make_pledge(enterprise), status=GrantStatus.AGREED)
    page = open_page(reader, make_proposal(volunteer=volunteer, **READY))
    page.submit({}, form=CONFIRM)
    reader.get(f"/review/grants/{grant.id}").submit({}, form=CONFIRM)

    for person in (user, giver):
        message = session.query(Message).filter_by(user_id=person.id, channel="inbox").one()
        assert Reader(reader.app).sign_in(person).get(message.link).heading


def test_what_is_not_suitable_is_withdrawn_on_the_page(reader):
    proposal, grant = make_proposal(**READY), make_grant(status=GrantStatus.AGREED)

    page = open_page(reader, proposal).submit({"withdrawn_note": "是亲戚"}, form=WITHDRAW)
    reader.get(f"/review/grants/{grant.id}").submit({}, form=WITHDRAW)

    assert "已撤回" in page.text
    assert (proposal.status, proposal.decline_note) == (ProposalStatus.WITHDRAWN, "是亲戚")
    assert grant.status is GrantStatus.WITHDRAWN

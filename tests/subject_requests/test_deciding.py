import pytest
from sqlalchemy import select

from pairing.accounts.models import AccountStatus
from pairing.audit.models import AuditEntry
from pairing.errors import RuleBroken
from pairing.households.models import HouseholdStatus
from pairing.outbox.models import Message
from pairing.review.services import close_household
from pairing.subject_requests.models import RequestKind, RequestStatus
from pairing.subject_requests.rules import ERASED, KEPT_BY_LAW
from pairing.subject_requests.services import answer_request, ask_request, check_copy, erase_data
from tests.retention.past import found_in_store, make_closed, make_past, secrets_of
from tests.subject_requests.test_receiving import IN_PERSON, receive
from tests.support.makers import (
    HOME,
    MONDAY,
    NOW,
    make_company_user,
    make_household,
    make_pairing,
    make_staff,
    make_volunteer_user,
)

TO_DELETE = type(IN_PERSON)(RequestKind.DELETE, IN_PERSON.channel, MONDAY, "请删除")
TO_CORRECT = type(IN_PERSON)(RequestKind.CORRECT, IN_PERSON.channel, MONDAY, "门牌应为 7 号")


def test_an_answer_closes_the_request_and_reaches_who_asked(session):
    staff, (user, _row) = make_staff(HOME), make_volunteer_user()
    asked = ask_request(session, RequestKind.CORRECT, "电话换了", user, NOW)

    answer_request(session, asked, True, "电话已改", staff, NOW)

    assert (asked.status, asked.answer, asked.decided_by_id) == (RequestStatus.DONE, "电话已改", staff.id)
    assert asked.closed_on == MONDAY
    told = session.scalars(select(Message).where(Message.user_id == user.id, Message.link == "/my-data"))
    assert told.first()


def test_a_refusal_needs_its_reason_in_words(session):
    asked = receive(session, values=TO_CORRECT)

    with pytest.raises(RuleBroken, match="写明答复"):
        answer_request(session, asked, False, "", make_staff(), NOW)


def test_a_request_is_closed_once(session):
    asked, staff = receive(session, values=TO_CORRECT), make_staff()
    answer_request(session, asked, False, "无法核实", staff, NOW)

    with pytest.raises(RuleBroken, match="已办结"):
        answer_request(session, asked, True, "已改", staff, NOW)


def test_what_is_to_be_deleted_is_deleted_and_not_only_said_to_be(session):
    asked = receive(session, make_closed(), TO_DELETE)

    with pytest.raises(RuleBroken, match="真正删除"):
        answer_request(session, asked, True, "已删除", make_staff(), NOW)


def test_a_household_that_is_helped_must_leave_first(session):
    household = make_household()
    make_pairing(household)
    asked, staff = receive(session, household, TO_DELETE), make_staff()
    with pytest.raises(RuleBroken, match="先结束"):
        erase_data(session, asked, staff, NOW)

    close_household(session, household, staff, "本人要求", NOW)

    assert erase_data(session, asked, staff, NOW) is KEPT_BY_LAW
    assert household.status is HouseholdStatus.CLOSED


def test_of_a_household_the_words_go_and_the_reason_for_the_rest_is_told(session):
    household = make_past()
    asked = receive(session, household, TO_DELETE)

    erase_data(session, asked, make_staff(), NOW)
    session.commit()

    left = {secret for _table, secret in found_in_store(secrets_of(household) - {None})}
    assert not {"肾病透析", "透析押金", "走访所见"} & left
    assert (asked.status, asked.answer, asked.words) == (RequestStatus.DONE, KEPT_BY_LAW, None)


def test_a_volunteer_who_is_free_is_anonymised_at_once(session):
    user, volunteer = make_volunteer_user()
    asked = ask_request(session, RequestKind.DELETE, "", user, NOW)

    assert erase_data(session, asked, make_staff(), NOW) is ERASED

    assert (volunteer.anonymised_at, user.anonymised_at) == (NOW, NOW)
    assert user.status is AccountStatus.DISABLED


def test_a_volunteer_who_visits_somebody_elsewhere_is_not(session):
    user, volunteer = make_volunteer_user()
    make_pairing(make_household(area_code="370202002008"), volunteer)
    asked = ask_request(session, RequestKind.DELETE, "", user, NOW)

    with pytest.raises(RuleBroken, match="进行中的结对"):
        erase_data(session, asked, make_staff(HOME), NOW)
    assert volunteer.anonymised_at is None


def test_the_contact_of_a_company_is_erased(session):
    user, company = make_company_user()
    asked = ask_request(session, RequestKind.DELETE, "", user, NOW)

    erase_data(session, asked, make_staff(), NOW)

    assert (company.contact_name, user.anonymised_at) == ("已注销", NOW)


def test_staff_are_kept_for_the_trail(session):
    staff = make_staff()
    asked = ask_request(session, RequestKind.DELETE, "", staff, NOW)

    with pytest.raises(RuleBroken, match="不能删除"):
        erase_data(session, asked, make_staff(), NOW)


def test_nothing_is_deleted_that_nobody_asked_to_delete(session):
    asked = receive(session, make_closed(), TO_CORRECT)

    with pytest.raises(RuleBroken, match="没有要求删除"):
        erase_data(session, asked, make_staff(), NOW)


def test_a_copy_is_given_only_while_somebody_waits_for_it(session):
    asked = receive(session)
    staff = make_staff()
    assert check_copy(session, asked, staff)
    with pytest.raises(RuleBroken, match="没有要求复制"):
        check_copy(session, receive(session, values=TO_CORRECT), staff)

    answer_request(session, asked, True, "已交本人", make_staff(), NOW)

    with pytest.raises(RuleBroken, match="已办结"):
        check_copy(session, asked, staff)


@pytest.mark.parametrize(("values", "deed"), [(IN_PERSON, check_copy), (TO_DELETE, erase_data)])
def test_whoever_wrote_the_request_down_does_not_do_what_it_asks(session, values, deed):
    staff, second, moment = make_staff(), make_staff(), [NOW] if deed is erase_data else []
    asked = receive(session, make_closed(), values, by=staff)

    with pytest.raises(RuleBroken) as refused:
        deed(session, asked, staff, *moment)

    assert (refused.value.code, asked.status) == ("own_request", RequestStatus.OPEN)
    assert deed(session, asked, second, *moment)


def test_every_step_stands_in_the_trail(session):
    asked, staff = receive(session, make_closed(), TO_DELETE), make_staff()

    erase_data(session, asked, staff, NOW)

    told = session.scalars(select(AuditEntry.action).where(AuditEntry.actor_id == staff.id)).all()
    assert [word for word in told if word != "write_rows"] == ["erase_words", "close_subject_request"]

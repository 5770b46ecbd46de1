from datetime import date

import pytest
from sqlalchemy import select

from pairing.accounts.models import AccountStatus
from pairing.accounts.rules import Role
from pairing.accounts.services import enable_user, is_claimable
from pairing.enterprises.models import EnterpriseStatus, PledgeStatus
from pairing.errors import RuleBroken
from pairing.matching.models import ProposalStatus
from pairing.outbox.models import MessageStatus
from pairing.pairings.models import PairingStatus
from pairing.retention.services import anonymise_account, anonymise_contact, anonymise_volunteer
from pairing.visits.models import VisitReport, VisitStatus
from pairing.volunteers.models import VolunteerStatus
from pairing.volunteers.queries import find_by_identity
from pairing.volunteers.services import resume_volunteer
from tests.retention.past import found_in_store
from tests.support.makers import (
    NOW,
    make_company_user,
    make_message,
    make_pairing,
    make_pledge,
    make_proposal,
    make_report,
    make_staff,
    make_user,
    make_visit,
    make_volunteer,
    make_volunteer_user,
)

ENDED = {"status": PairingStatus.ENDED, "ended_on": date(2024, 1, 1)}


def make_helper():
    """Make a volunteer with an account, a visit that is done, words and a mail; return row and secrets."""
    facts = {"note": "雒家备注", "party_branch": "雒青支部", "languages": "雒语"}
    user, volunteer = make_volunteer_user(name="雒青川", **facts)
    pairing = make_pairing(None, volunteer, **ENDED, end_note="雒家有病人")
    visit = make_visit(pairing, status=VisitStatus.DONE, cancel_note="雒家没空")
    make_report(visit, user, minutes=90)
    make_message(user, body="雒青川您好", status=MessageStatus.QUEUED)
    words = {"雒", "luoqingchuan", user.sign_in_name, user.email, user.password_hash}
    return volunteer, words | {volunteer.identity_number, volunteer.phone, volunteer.identity_index}


def test_nothing_in_the_store_says_who_the_volunteer_was(session):
    volunteer, secrets = make_helper()

    anonymise_volunteer(session, volunteer, None, NOW)
    session.commit()

    assert found_in_store(secrets) == set()


def test_hours_of_the_volunteer_stay(session):
    volunteer, _secrets = make_helper()

    anonymise_volunteer(session, volunteer, None, NOW)

    mine = select(VisitReport.minutes).where(VisitReport.volunteer_id == volunteer.id)
    assert session.scalars(mine).all() == [90]
    assert volunteer.birth_on == date(1990, 1, 1)


def test_the_account_is_closed_for_good_and_its_mail_is_not_sent(session):
    user, volunteer = make_volunteer_user()
    mail = make_message(user, status=MessageStatus.QUEUED)

    anonymise_volunteer(session, volunteer, None, NOW)

    assert (user.status, user.password_hash, user.email) == (AccountStatus.DISABLED, None, None)
    assert mail.status is MessageStatus.CANCELLED
    with pytest.raises(RuleBroken, match="已注销"):
        enable_user(session, user, make_staff(), NOW)
    with pytest.raises(RuleBroken, match="已匿名化"):
        resume_volunteer(session, volunteer, make_staff(), NOW)


def test_the_person_may_register_anew(session):
    _user, volunteer = make_volunteer_user()
    number = volunteer.identity_number

    anonymise_volunteer(session, volunteer, None, NOW)
    session.flush()

    assert find_by_identity(session, number) is None


@pytest.mark.parametrize("tie", ["pairing", "visit", "proposal"])
def test_who_is_counted_on_stays(session, tie):
    _user, volunteer = make_volunteer_user()
    if tie == "pairing":
        make_pairing(None, volunteer)
    elif tie == "visit":
        make_visit(make_pairing(None, volunteer, **ENDED))
    else:
        make_proposal(None, volunteer, status=ProposalStatus.ACCEPTED)

    with pytest.raises(RuleBroken):
        anonymise_volunteer(session, volunteer, None, NOW)
    assert volunteer.status is VolunteerStatus.ACTIVE


@pytest.mark.parametrize("tie", ["user_id", "claimed_by_id"])
def test_a_row_whose_account_is_gone_may_be_claimed_anew(session, tie):
    user = make_user(Role.VOLUNTEER, status=AccountStatus.PENDING)
    volunteer = make_volunteer(**{tie: user.id})

    anonymise_account(session, user, None, NOW)
    session.flush()

    assert (volunteer.user_id, volunteer.claimed_by_id, volunteer.anonymised_at) == (None, None, None)
    assert is_claimable(session, volunteer)


def test_of_a_company_only_the_contact_goes(session):
    user, company = make_company_user(name="青岛海风", contact_name="仉督明", note="仉经理")
    secrets = {"仉", company.contact_phone, company.contact_phone_index, user.email, user.sign_in_name}
    make_pledge(company, status=PledgeStatus.CLOSED)

    anonymise_contact(session, company, None, NOW)
    session.commit()

    assert found_in_store(secrets) == set()
    assert (company.name, company.status) == ("青岛海风", EnterpriseStatus.ACTIVE)


def test_a_company_with_an_open_pledge_keeps_somebody_to_call(session):
    _user, company = make_company_user()
    make_pledge(company)

    with pytest.raises(RuleBroken, match="有效的认捐"):
        anonymise_contact(session, company, None, NOW)

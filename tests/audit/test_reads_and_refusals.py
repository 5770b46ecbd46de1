"""Who opened a file and who was refused stands in the trail, without flooding it."""

from datetime import timedelta

import pytest

from pairing.audit.access import coarse
from pairing.audit.models import AuditEntry
from pairing.audit.services import record_read, record_refusal
from pairing.audit.services.refusals import AT_MOST, STRANGERS
from pairing.pairings.models import PairingStatus
from pairing.visits.models import VisitStatus
from tests.audit.trail import last_entry
from tests.support.makers import (
    HOME,
    NOW,
    make_company_user,
    make_household,
    make_pairing,
    make_pledge,
    make_staff,
    make_user,
    make_visit,
    make_volunteer_user,
)

MINUTE = timedelta(minutes=1)


def count(session, **narrow):
    return session.query(AuditEntry).filter_by(**narrow).count()


def test_a_read_is_told_once_in_a_quarter_of_an_hour(session):
    household, by = make_household(), make_staff()

    for minutes in (0, 1, 14, 16, 20):
        record_read(session, by, household, NOW + minutes * MINUTE)

    assert count(session, kind="read") == 2
    entry = last_entry(session, kind="read")
    assert (entry.actor_id, entry.subject_type, entry.area_code) == (by.id, "Household", HOME)


def test_each_reader_and_each_file_is_told(session):
    files, people = [make_household(), make_household()], [make_staff(), make_staff()]

    for by in people:
        for household in files:
            record_read(session, by, household, NOW)

    assert count(session, kind="read") == 4


def test_a_refusal_is_told_with_page_and_reason(session):
    by = make_user()

    record_refusal(session, by, "households.show_household", "not_found", NOW)

    entry = last_entry(session)
    said = (entry.kind, entry.action, entry.actor_id, entry.subject_id, entry.detail)
    assert said == ("refusal", "refused", by.id, "households.show_household", {"reason": "not_found"})


def test_after_thirty_refusals_one_line_stands_for_the_rest_of_the_hour(session):
    by, other = make_user(), make_user()

    for _number in range(AT_MOST + 20):
        record_refusal(session, by, "x.y", "not_found", NOW)
    record_refusal(session, other, "x.y", "not_found", NOW)

    assert count(session, kind="refusal", actor_id=by.id) == AT_MOST + 1
    assert count(session, kind="refusal", actor_id=by.id, action="refused_often") == 1
    assert count(session, kind="refusal", actor_id=other.id, action="refused") == 1


def test_an_hour_later_refusals_are_told_again(session):
    by = make_user()
    for _number in range(AT_MOST + 5):
        record_refusal(session, by, "x.y", "not_found", NOW)

    record_refusal(session, by, "x.y", "not_found", NOW + 61 * MINUTE)

    assert last_entry(session).action == "refused"


def test_people_who_did_not_sign_in_cannot_fill_the_disk_either(session):
    for _number in range(STRANGERS + 20):
        record_refusal(session, None, "accounts.sign_in", "too_often", NOW)

    assert count(session, kind="refusal") == STRANGERS + 1


@pytest.mark.parametrize(
    ("address", "network"),
    [("10.20.30.40", "10.20.30.0/24"), ("2001:db8:1:2::9", "2001:db8:1::/48"), ("unix", ""), (None, "")],
)
def test_of_an_address_only_the_network_is_kept(address, network):
    assert coarse(address) == network


@pytest.mark.parametrize("prefix", ["households", "volunteers", "enterprises"])
def test_opening_a_file_is_told_with_person_and_network(session, new_reader, prefix):
    from tests.support import makers

    row = getattr(makers, f"make_{prefix[:-1]}")()
    by = make_staff(row.area_code)
    reader = new_reader(by)

    for _reload in range(2):
        reader.get(f"/{prefix}/{row.id}")

    told = session.query(AuditEntry).filter_by(kind="read", actor_id=by.id).one()
    assert (told.subject_type, told.subject_id) == (type(row).__name__, str(row.id))
    assert told.origin == "127.0.0.0/24"
    assert len(told.request_id) == 16


def reads(session, by):
    told = session.query(AuditEntry).filter_by(kind="read", actor_id=by.id)
    return [(entry.subject_type, entry.subject_id, entry.area_code) for entry in told]


def test_a_volunteer_who_opens_name_and_address_is_told(session, new_reader):
    user, volunteer = make_volunteer_user()
    household = make_household()
    visit = make_visit(make_pairing(household, volunteer))

    page = new_reader(user).get(f"/visits/mine/{visit.id}")

    assert household.address in page.text
    assert reads(session, user) == [("Household", str(household.id), HOME)]


def test_where_name_and_address_are_not_shown_nothing_is_told(session, new_reader):
    user, volunteer = make_volunteer_user()
    household = make_household()
    ended = make_pairing(household, volunteer, status=PairingStatus.ENDED)
    visit = make_visit(ended, status=VisitStatus.DONE)

    page = new_reader(user).get(f"/visits/mine/{visit.id}")

    assert household.address not in page.text
    assert reads(session, user) == []


def test_opening_the_ledger_of_a_pledge_is_told(session, new_reader):
    user, company = make_company_user()
    pledge, staff = make_pledge(company), make_staff(company.area_code)

    for by in (user, staff):
        new_reader(by).get(f"/review/pledges/{pledge.id}")

    assert [reads(session, by)[0][:2] for by in (user, staff)] == [("Pledge", str(pledge.id))] * 2

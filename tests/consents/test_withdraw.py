"""A household takes its yes back; what follows from that."""

from datetime import timedelta

import pytest

from pairing.audit.models import AuditEntry
from pairing.consents.queries import has_consent
from pairing.consents.rules import Purpose, WithdrawnHow
from pairing.errors import RuleBroken
from pairing.files.models import StoredFile
from pairing.files.rules.kinds import FileKind
from pairing.insight.queries import list_staff_todos
from pairing.matching.models import ProposalStatus
from pairing.outbox.models import Message
from pairing.review import services
from pairing.review.queries.consents import list_pairings_to_end, list_proposals_to_end
from pairing.visits.models import VisitPhoto
from tests.support.makers import (
    HOME,
    MONDAY,
    NOW,
    make_consent,
    make_household,
    make_pairing,
    make_proposal,
    make_report,
    make_staff,
    make_visit,
)
from tests.support.makers.saving import save

DAY = timedelta(days=1)


def withdraw(session, consent, on=MONDAY):
    services.withdraw_consent(session, consent, WithdrawnHow.PHONE, on, make_staff(), NOW)


def refusal(session, consent, on=MONDAY):
    with pytest.raises(RuleBroken) as refused:
        withdraw(session, consent, on)
    return refused.value.code


def test_a_yes_is_taken_back_once_and_within_its_time(session):
    consent = make_consent(make_household(), given_on=MONDAY - DAY)

    assert refusal(session, consent, MONDAY + DAY) == "withdrawn_out_of_time"
    assert refusal(session, consent, MONDAY - 2 * DAY) == "withdrawn_out_of_time"
    withdraw(session, consent)
    assert (consent.withdrawn_on, consent.withdrawn_how) == (MONDAY, WithdrawnHow.PHONE)
    assert refusal(session, consent) == "consent_ended"
    assert session.query(AuditEntry).filter_by(action="withdraw_consent").count() == 1


def test_the_nearest_staff_hear_that_pairings_must_end(session):
    worker = make_staff(HOME)
    consent = make_consent(make_household("孙桂兰"))

    withdraw(session, consent)

    message = session.query(Message).filter_by(user_id=worker.id).one()
    assert (message.subject, message.link) == ("有家庭撤回了结对同意", "/review/withdrawn")
    assert "孙桂兰" not in message.body


def test_living_pairings_and_open_proposals_wait_to_be_ended(session):
    household, staff = make_household(visitors_wanted=3), make_staff()
    consent = make_consent(household)
    pairing, proposal = make_pairing(household), make_proposal(household)
    make_proposal(household, status=ProposalStatus.DECLINED)
    make_pairing()

    withdraw(session, consent)

    assert [item.deed for item in list_pairings_to_end(session, staff)] == [pairing]
    assert [item.deed for item in list_proposals_to_end(session, staff)] == [proposal]
    assert "家庭撤回了同意,待结束" in [todo.label for todo in list_staff_todos(session, staff, MONDAY)]


def test_a_household_that_agrees_again_waits_for_nothing(session):
    household = make_household()
    make_pairing(household)
    withdraw(session, make_consent(household))

    make_consent(household)

    assert list_pairings_to_end(session, make_staff()) == []


def test_photos_are_kept_no_longer_than_the_household_agrees(session):
    household, other = make_household(), make_household()
    photos = [photo_of(home) for home in (household, other)]

    withdraw(session, make_consent(household, Purpose.PHOTO))

    assert [photo.kept_until for photo in photos] == [MONDAY, MONDAY + 700 * DAY]
    assert not has_consent(session, household.id, Purpose.PHOTO, MONDAY)


def test_photos_stay_when_another_purpose_is_taken_back(session):
    household = make_household()
    photo = photo_of(household)

    withdraw(session, make_consent(household, Purpose.PUBLICITY))

    assert photo.kept_until == MONDAY + 700 * DAY


def photo_of(household):
    staff = make_staff()
    report = make_report(make_visit(make_pairing(household)), staff)
    known = {"kind": FileKind.JPEG, "size": 3, "sha256": "0" * 64, "content": "YWJj", "area_code": HOME}
    kept = {"created_by_id": staff.id, "created_at": NOW, "kept_until": MONDAY + 700 * DAY}
    photo = save(StoredFile(public_id=f"{report.id:032d}", **known, **kept))
    save(VisitPhoto(report_id=report.id, file_id=photo.id))
    return photo

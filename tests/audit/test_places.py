"""What somebody does stands in the trail of the doer's place where the thing itself has none."""

import pytest
from sqlalchemy import delete

from pairing.accounts.models import Invitation, RecoveryCode
from pairing.accounts.rules import Role
from pairing.audit.models import AuditEntry
from pairing.audit.services import Actor, act_as, in_bulk, record, stop_acting
from tests.audit.trail import last_entry
from tests.support.makers import DISTRICT, NEARBY, NOW, OUTSIDE, STREET, make_staff, make_user


@pytest.fixture
def auditor(new_reader):
    return new_reader(make_user(Role.AUDITOR, STREET))


@pytest.fixture
def stranger(session):
    """Somebody of another district is at work."""
    person = make_staff(OUTSIDE, display_name="仉督明")
    session.commit()
    act_as(session, Actor(person.id, person.display_name, place=person.area_code))
    yield person
    stop_acting(session)


def change(session, person):
    session.add(RecoveryCode(user_id=person.id, number=0, code_hash="x"))
    session.flush()


def in_many_rows(session, _person):
    session.execute(in_bulk(delete(Invitation), "prune_invitations"))


def deed(session, person):
    record(session, person, "request_erasure", object(), NOW)


@pytest.mark.parametrize("write", [change, in_many_rows, deed])
def test_who_is_at_work_elsewhere_is_not_named_to_an_auditor(session, auditor, stranger, write):
    write(session, stranger)
    entry = last_entry(session)
    stop_acting(session)

    assert (entry.actor_name, entry.area_code) == ("仉督明", OUTSIDE)
    assert "仉督明" not in auditor.get("/trail").text
    auditor.get(f"/trail/{entry.id}", 404)


def test_a_deed_of_a_neighbour_without_a_place_of_its_own_is_shown(session, auditor):
    person = make_staff(NEARBY, display_name="仉督明")
    record(session, person, "sign_in", object(), NOW)

    assert "仉督明" in auditor.get("/trail").text


def test_the_machine_has_no_place(session, auditor):
    record(session, None, "sign_in", object(), NOW)

    assert last_entry(session).area_code == ""


def test_a_request_says_where_its_person_belongs(session, new_reader):
    admin, user = make_staff(DISTRICT), make_user(password_hash=None)

    new_reader(admin).get(f"/accounts/{user.id}").submit(
        form=f"form[action='/accounts/{user.id}/invite']", status=200
    )

    about = {"actor_id": admin.id, "subject_type": "Invitation"}
    assert {entry.area_code for entry in session.query(AuditEntry).filter_by(**about)} == {DISTRICT}

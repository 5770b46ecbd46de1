"""Whatever is written through the session stands in the trail: which row, which field, from what to what."""

import pytest
from sqlalchemy import select

from pairing.audit.rules import TECHNICAL
from pairing.audit.services import Actor, act_as, record, stop_acting
from pairing.audit.services.fields import plan_of
from pairing.db import Base
from pairing.households.models import Household, Need, Urgency
from pairing.outbox.models import Heartbeat
from pairing.volunteers.models import Volunteer
from tests.audit.trail import details, last_entry
from tests.support.makers import HOME, NOW, make_household, make_member, make_need, make_user, make_volunteer


def test_a_changed_field_is_told_from_what_to_what(session):
    household = make_household(urgency=Urgency.BLUE, visitors_wanted=1)

    household.urgency, household.visitors_wanted = Urgency.RED, 2
    session.flush()

    told = details(session, "Household", household.id)[-1]["changed"][f"household {household.id}"]
    assert told == {"urgency": ["blue", "red"], "visitors_wanted": [1, 2]}


def test_the_old_value_is_told_even_when_nobody_had_read_it(session):
    household = make_household(urgency=Urgency.BLUE)
    session.commit()  # forgets what was read

    household.urgency = Urgency.RED
    session.flush()

    told = details(session, "Household", household.id)[-1]["changed"][f"household {household.id}"]
    assert told == {"urgency": ["blue", "red"]}
    assert last_entry(session).area_code == HOME


@pytest.mark.parametrize(
    ("field", "value"),
    [("address", "香港中路9号"), ("phone", "+8613800000009"), ("head_name", "欧阳改名"), ("note", "透析")],
)
def test_personal_data_is_told_as_changed_only(session, field, value):
    household = make_household()

    setattr(household, field, value)
    session.flush()

    entry = last_entry(session)
    assert entry.detail["changed"][f"household {household.id}"][field] == "changed"
    assert value not in str(entry.detail)


def test_a_secret_of_an_account_is_told_as_changed_only(session):
    user = make_user()

    user.password_hash = "$argon2id$new"
    session.flush()

    assert details(session, "User", user.id)[-1]["changed"][f"user_account {user.id}"] == {
        "password_hash": "changed"
    }


@pytest.mark.parametrize("field", ["birth_on", "gender", "political_status"])
def test_a_code_or_day_that_describes_a_person_is_not_told(field):
    assert plan_of(Volunteer.__mapper__).fields[field] is False


def test_a_text_is_not_told_unless_the_rules_open_it():
    texts = [key for key, told in plan_of(Household.__mapper__).fields.items() if told]

    assert "area_code" in texts
    assert not {"file_no", "head_name", "head_pinyin", "note", "language_wish", "address"} & set(texts)


def test_a_setting_back_to_the_same_value_is_no_change(session):
    household = make_household(visitors_wanted=1)
    before = len(details(session, "Household", household.id))

    household.visitors_wanted = 2
    household.visitors_wanted = 1
    session.flush()

    assert len(details(session, "Household", household.id)) == before


def test_what_belongs_to_a_file_is_told_there(session):
    household = make_household()
    member = make_member(household, name="欧阳小小")

    need = make_need(household)

    told = details(session, "Household", household.id)
    assert {"created": {"member": [str(member.id)]}} in told
    assert {"created": {"need": [str(need.id)]}} in told


def test_a_part_of_a_file_that_nobody_loaded_is_told_with_its_place(session):
    need = make_need(make_household())
    need_id = need.id
    session.commit()
    session.expunge_all()

    session.get_one(Need, need_id).is_splittable = False
    session.flush()

    assert last_entry(session).area_code == HOME
    assert last_entry(session).detail["changed"] == {f"need {need_id}": {"is_splittable": [True, False]}}


def test_a_deleted_row_is_told(session):
    household = make_household()
    member = make_member(household)
    session.refresh(household)

    household.members.remove(next(row for row in household.members if row.id == member.id))
    session.flush()

    assert last_entry(session).detail == {"deleted": {"member": [str(member.id)]}}


def test_the_person_at_work_and_the_place_stand_beside_the_change(session):
    household = make_household()
    act_as(session, Actor(7, "王工", "10.1.2.0/24", "a1b2"))

    household.visitors_wanted = 3
    session.flush()
    stop_acting(session)

    entry = last_entry(session)
    said = (entry.actor_id, entry.actor_name, entry.origin, entry.request_id)
    assert said == (7, "王工", "10.1.2.0/24", "a1b2")


def test_what_was_rolled_back_is_not_told(session):
    household = make_household()
    before = len(details(session, "Household", household.id))

    savepoint = session.begin_nested()
    household.visitors_wanted = 5
    session.flush()
    savepoint.rollback()
    session.flush()

    assert len(details(session, "Household", household.id)) == before


def test_a_technical_table_is_left_out(session):
    before = last_entry(session)

    session.add(Heartbeat(name="trail", at=NOW, error=""))
    session.flush()

    assert last_entry(session) == before


def test_every_model_is_audited_unless_it_is_named():
    mappers = {mapper.class_.__tablename__: mapper for mapper in Base.registry.mappers}

    silent = {name for name, mapper in mappers.items() if plan_of(mapper) is None}

    assert len(mappers) > 25
    assert silent == TECHNICAL.keys() & mappers.keys()
    assert all(len(why) > 10 for why in TECHNICAL.values())


def test_many_rows_go_into_the_trail_with_few_statements(session, statements):
    people = [make_volunteer() for _number in range(30)]

    with statements() as seen:
        for person in people:
            person.capacity += 1
        session.flush()

    assert len([sql for sql in seen if "INSERT INTO audit_entry" in sql]) == 1
    assert session.scalar(select(Volunteer.capacity).where(Volunteer.id == people[0].id)) == 2


def test_a_deed_and_what_it_changed_go_into_the_trail_by_one_statement(session, statements):
    household, by = make_household(urgency=Urgency.BLUE), make_user()

    with statements() as seen:
        household.urgency = Urgency.RED
        record(session, by, "update_household", household, NOW)

    assert len([sql for sql in seen if "INSERT INTO audit_entry" in sql]) == 1
    changed = details(session, "Household", household.id)[-1]["changed"][f"household {household.id}"]
    assert changed == {"urgency": ["blue", "red"]}
    assert last_entry(session).action == "update_household"

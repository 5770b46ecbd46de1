"""Opening files: numbers, one file per head, many at once."""

import pytest
from sqlalchemy import event, func, select

from pairing.db import db
from pairing.errors import NotFound, RuleBroken
from pairing.households import services
from pairing.households.models import Household, Member
from pairing.households.services import MemberValues
from pairing.values.people import Gender
from tests.households.makers import values
from tests.support.makers import HOME, NEARBY, NOW, OUTSIDE, identity_number, make_staff


def test_a_file_keeps_what_was_said(session):
    household = services.register_household(session, values(), make_staff(HOME), NOW)

    head, member = household.members
    assert (head.is_head, head.relation, head.gender) == (True, "户主", Gender.FEMALE)
    assert (member.name, member.birth_on.year, household.member_count) == ("单小方", 1956, 2)
    assert [need.amount_fen for need in household.needs] == [500_000, None]
    assert " stf " in household.head_pinyin


def test_files_of_a_subdistrict_are_numbered_in_turn(session):
    places = [HOME, NEARBY, HOME]

    made = services.register_households(session, [values(area_code=place) for place in places], None, NOW)
    last = services.register_household(session, values(), None, NOW)

    numbers = [household.file_no for household in [*made, last]]
    assert numbers == [f"370202002-2026-00000{turn}" for turn in (1, 2, 3, 4)]


def test_a_head_has_one_file(session):
    first = values()
    services.register_household(session, first, None, NOW)

    with pytest.raises(RuleBroken) as refused:
        services.register_household(session, values(head_identity=first.head_identity), None, NOW)

    assert refused.value.code == "already_registered"


def test_the_database_itself_refuses_a_second_file(session):
    same = identity_number()

    with pytest.raises(RuleBroken) as refused:
        services.register_households(session, [values(head_identity=same)] * 2, None, NOW)

    assert refused.value.code == "already_registered"
    assert session.scalar(select(func.count()).select_from(Household)) == 0


def test_a_member_may_live_in_a_file_and_head_another(session):
    child = identity_number()
    services.register_household(session, values(members=(MemberValues("李静", "女", child),)), None, NOW)

    services.register_household(session, values(head_identity=child, members=()), None, NOW)

    assert session.scalar(select(func.count()).where(Member.name == "单天方")) == 2


def test_staff_register_in_their_own_area_only(session):
    with pytest.raises(NotFound):
        services.register_household(session, values(area_code=OUTSIDE), make_staff(HOME), NOW)


def test_many_files_ask_little_of_the_database(session):
    many = [values() for _ in range(60)]
    reads = []
    event.listen(db.engine, "before_cursor_execute", _note := lambda *call: reads.append(call[2]))

    services.register_households(session, many, None, NOW)

    event.remove(db.engine, "before_cursor_execute", _note)
    assert sum(sql.startswith("SELECT") for sql in reads) <= 5


def test_personal_facts_are_sealed_in_the_store(session):
    made = values(note="尿毒症三期")
    services.register_household(session, made, None, NOW)

    ask = session.connection().exec_driver_sql
    stored = {*ask("SELECT address, phone, note FROM household").one()}
    stored |= {*ask("SELECT identity_number FROM member").scalars()}
    assert {type(cell) for cell in stored} == {bytes}
    for plain in (made.head_identity, made.address, made.phone, made.note):
        assert all(plain.encode() not in cell for cell in stored)

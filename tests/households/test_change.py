"""Changing a file: facts, members, needs, the end."""

from dataclasses import replace

import pytest

from pairing.audit.models import AuditEntry
from pairing.errors import RuleBroken
from pairing.households import services
from pairing.households.models import HouseholdStatus, NeedStatus, NeedType
from pairing.households.services import MemberValues, NeedValues
from tests.households.makers import values
from tests.support.makers import NOW, identity_number, make_household, make_member, make_need, make_staff


def test_a_change_keeps_number_head_and_needs(session):
    first = values()
    household = services.register_household(session, first, None, NOW)
    number, head = household.file_no, household.members[0].identity_index

    changed = replace(first, head_identity="", head_name="单天芳", members=(), needs=())
    services.update_household(session, household, changed, household.version, make_staff(), NOW)

    assert (household.file_no, household.head_name, len(household.needs)) == (number, "单天芳", 2)
    assert [member.identity_index for member in household.members] == [head]


def test_a_known_member_keeps_the_number_and_a_new_one_is_added(session):
    first = values()
    household = services.register_household(session, first, None, NOW)
    known = household.members[1]
    index = known.identity_index

    rows = (MemberValues("单大方", "儿子", id=known.id), MemberValues("孙静", "儿媳", identity_number()))
    changed = replace(first, head_identity="", members=rows)
    services.update_household(session, household, changed, household.version, make_staff(), NOW)

    assert [member.name for member in household.members] == ["单天方", "单大方", "孙静"]
    assert household.members[1].identity_index == index


def test_the_slower_of_two_is_refused(session):
    household = make_household()

    with pytest.raises(RuleBroken) as refused:
        services.update_household(session, household, values(), household.version - 1, make_staff(), NOW)

    assert refused.value.code == "edited_meanwhile"


def test_a_need_is_added_and_settled_once(session):
    household, by = make_household(), make_staff()
    need = services.add_need(session, household, NeedValues(NeedType.CARE, 30_000), by, NOW)
    session.flush()

    services.settle_need(session, need, NeedStatus.MET, by, NOW)

    assert need.status is NeedStatus.MET
    with pytest.raises(RuleBroken, match="已处理"):
        services.settle_need(session, need, NeedStatus.DROPPED, by, NOW)


def test_a_closed_file_takes_no_needs_and_closes_once(session):
    household, by = make_household(), make_staff()
    services.close_household(session, household, by, NOW, "搬迁")

    assert (household.status, household.note) == (HouseholdStatus.CLOSED, "退出:搬迁")
    for deed in (services.close_household, add_care):
        with pytest.raises(RuleBroken) as refused:
            deed(session, household, by, NOW)
        assert refused.value.code == "household_closed"


def add_care(session, household, by, now):
    services.add_need(session, household, NeedValues(NeedType.CARE), by, now)


def test_every_deed_stands_in_the_trail(session):
    household, by = make_household(), make_staff()
    services.settle_need(session, make_need(household), NeedStatus.MET, by, NOW)
    services.close_household(session, household, by, NOW)

    trail = session.query(AuditEntry).filter_by(actor_id=by.id, subject_id=str(household.id))
    assert [entry.action for entry in trail.order_by(AuditEntry.id)] == ["settle_need", "close_household"]


@pytest.mark.parametrize("whose", ["head", "foreign", "nobody", "twice"])
def test_a_row_without_a_number_must_be_a_member_of_this_file(session, whose):
    first = values()
    household = services.register_household(session, first, None, NOW)
    known = household.members[1].id
    ids = {
        "head": [household.members[0].id],
        "foreign": [make_member(make_household()).id],
        "nobody": [999_999],
    }
    rows = tuple(MemberValues("孙静", "儿媳", id=row_id) for row_id in ids.get(whose, [known, known]))

    changed = replace(first, head_identity="", members=rows)
    with pytest.raises(RuleBroken) as refused:
        services.update_household(session, household, changed, household.version, make_staff(), NOW)

    assert refused.value.code == "edited_meanwhile"

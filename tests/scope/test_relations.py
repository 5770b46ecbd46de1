"""What volunteers and companies see goes by a relation, and ends with it."""

import pytest
from sqlalchemy import select

from pairing import clock
from pairing.accounts.queries import scoped
from pairing.accounts.rules import Role
from pairing.households.models import Household, Member, NeedType
from pairing.matching.models import GrantStatus
from pairing.pairings.models import EndReason
from pairing.privacy.pseudonym import pseudonym
from pairing.review.services import end_pairing
from tests.support.makers import (
    HOME,
    MONDAY,
    NOW,
    make_company_user,
    make_grant,
    make_household,
    make_member,
    make_need,
    make_pairing,
    make_pledge,
    make_staff,
    make_user,
    make_visit,
    make_volunteer_user,
)

NAME, ROAD, NOTE = "欧阳念慈", "秘密路99号", "尿毒症三期"


@pytest.fixture
def paired(session):
    """A volunteer, the household of the pairing with secrets in its file, and a visit of last week."""
    user, volunteer = make_volunteer_user()
    home = make_household(NAME, needs=[NeedType.CARE], address=ROAD, note=NOTE, monthly_income_fen=123_400)
    make_member(home, name="欧阳小禾")
    pairing = make_pairing(home, volunteer)
    return user, pairing, make_visit(pairing, planned_on=MONDAY.replace(day=16))


def there(session, model, user):
    """Return the rows of *model* that are there for *user*."""
    return list(session.scalars(scoped(select(model), model, user)))


def test_a_volunteer_sees_what_is_needed_at_the_door_and_nothing_else(new_reader, paired):
    user, _pairing, visit = paired

    said = new_reader(user).get(f"/visits/mine/{visit.id}").answer.text

    assert NAME in said
    assert ROAD in said
    assert not {word for word in (NOTE, "1234", "1,234", "欧阳小禾", "低保") if word in said}


def test_the_door_closes_with_the_pairing(new_reader, session, paired):
    user, pairing, visit = paired
    reader, pages = new_reader(user), (f"/visits/mine/{visit.id}", f"/visits/mine/{visit.id}/report")
    before = [NAME in reader.get(page).answer.text for page in ("/visits/mine", pages[0])]

    end_pairing(session, pairing, make_staff(), EndReason.MOVED, "", clock.now())

    after = "".join(reader.get(page).answer.text for page in ("/visits/mine", *pages, "/inbox", "/home"))
    assert before == [True, True]
    assert not {word for word in (NAME, ROAD, NOTE) if word in after}


def test_a_home_is_there_for_the_volunteer_of_an_active_pairing_only(session, paired):
    user, pairing, _visit = paired
    make_household("别家")
    before = [row.head_name for row in there(session, Household, user)]

    end_pairing(session, pairing, make_staff(), EndReason.MOVED, "", NOW)

    assert before == [NAME]
    assert there(session, Household, user) == []


@pytest.mark.parametrize("role", [Role.COMPANY, Role.AUDITOR])
def test_where_no_relation_is_registered_nothing_is_there(session, role):
    make_household()

    assert there(session, Household, make_user(role, HOME)) == []


def test_a_child_without_a_place_asks_through_its_parent(session, paired):
    assert there(session, Member, make_staff()) == []


def test_a_household_has_one_pseudonym_for_a_company_and_another_for_the_next(new_reader, session):
    need = make_need(make_household(NAME), amount_fen=80_000)
    said = []
    for name in ("甲公司", "乙公司"):
        user, company = make_company_user(name=name)
        grant = make_grant(need, make_pledge(company), status=GrantStatus.PROPOSED)
        reader, home = new_reader(user), grant.household_id
        pages = [reader.get(f"/matching/grants/{grant.id}").text for _ in range(2)]
        said.append({str(pseudonym(company.id, home)) in page and NAME not in page for page in pages})

    names = {str(pseudonym(company_id, need.household_id)) for company_id in range(1, 50)}
    assert said == [{True}, {True}]
    assert len(names) > 45

"""The register of companies: one row per code, accounts tied to rows, pledges of approved ones only."""

import pytest

from pairing.accounts.models import AccountStatus, User
from pairing.accounts.services import NewAccount
from pairing.enterprises import services
from pairing.enterprises.models import EnterpriseStatus, PledgeStatus
from pairing.enterprises.queries import (
    count_pending_enterprises,
    pledged_by_enterprise,
)
from pairing.enterprises.services import EnterpriseValues, PledgeValues
from pairing.errors import NotFound, RuleBroken
from pairing.values.needs import Category, NeedType
from tests.support.makers import (
    DISTRICT,
    HOME,
    MONDAY,
    NOW,
    OUTSIDE,
    make_company_user,
    make_enterprise,
    make_pledge,
    make_staff,
    phone_number,
    uscc,
)


def values(**given):
    known = {
        "area_code": HOME,
        "name": "青岛示例食品有限公司",
        "uscc": uscc(),
        "contact_name": "赵敏",
        "contact_phone": phone_number(),
        "registered_on": MONDAY,
    }
    return EnterpriseValues(**known | given)


def apply(session, said=None, name="shili"):
    return services.apply_as_enterprise(session, said or values(), NewAccount(name, "a hash"), NOW)


def test_a_code_stands_in_the_register_once(session):
    first = values()
    services.register_enterprise(session, first, make_staff(HOME), NOW)

    with pytest.raises(RuleBroken) as refused:
        services.register_enterprise(session, values(uscc=first.uscc), None, NOW)

    assert refused.value.code == "already_registered"


def test_staff_register_in_their_own_area_only(session):
    with pytest.raises(NotFound):
        services.register_enterprise(session, values(area_code=OUTSIDE), make_staff(HOME), NOW)


@pytest.mark.parametrize("approve", [True, False])
def test_a_decision_moves_row_and_account_together_and_once(session, approve):
    row, by = apply(session), make_staff(HOME)
    assert count_pending_enterprises(session, by) == 1

    services.decide_enterprise(session, row, by, approve, NOW)

    expected = ("active", "active") if approve else ("refused", "refused")
    assert (row.status.value, session.get_one(User, row.user_id).status.value) == expected
    with pytest.raises(RuleBroken) as again:
        services.decide_enterprise(session, row, by, approve, NOW)
    assert again.value.code == "already_decided"


def test_an_account_is_tied_to_a_known_row_and_a_refusal_unties_it(session):
    known = make_enterprise(name="本名公司", area_code=HOME)
    row = apply(session, values(uscc=known.uscc, name="假名公司"))

    assert (row.id, row.name, row.status) == (known.id, "本名公司", EnterpriseStatus.ACTIVE)
    user = session.get_one(User, row.claimed_by_id)
    assert row.user_id is None
    services.decide_enterprise(session, row, make_staff(HOME), False, NOW)
    assert (known.user_id, known.claimed_by_id, known.status) == (None, None, EnterpriseStatus.ACTIVE)
    assert user.status is AccountStatus.REFUSED


def test_an_approved_claim_ties_account_and_company(session):
    known = make_enterprise(area_code=HOME)
    row = apply(session, values(uscc=known.uscc))
    claimed_by = row.claimed_by_id

    services.decide_enterprise(session, row, make_staff(HOME), True, NOW)

    assert (row.user_id, row.claimed_by_id) == (claimed_by, None)


def test_nobody_claims_a_company_with_an_account(session):
    _user, known = make_company_user()

    assert apply(session, values(uscc=known.uscc)) is None
    assert session.query(User).filter_by(sign_in_name="shili").count() == 0


@pytest.mark.parametrize("status", [EnterpriseStatus.PENDING, EnterpriseStatus.REFUSED])
def test_only_approved_companies_pledge(session, status):
    company = make_enterprise(status=status)

    with pytest.raises(RuleBroken) as refused:
        services.add_pledge(session, company, PledgeValues(100, DISTRICT), None, NOW)

    assert refused.value.code == "enterprise_not_approved"


def test_a_pledge_keeps_its_conditions(session):
    company = make_enterprise()
    said = PledgeValues(2_000_000, DISTRICT, (NeedType.MEDICAL,), (Category.DIBAO,), 500_000, 4, MONDAY)

    pledge = services.add_pledge(session, company, said, None, NOW)

    assert (pledge.purposes, pledge.categories) == (["medical"], ["dibao"])
    assert (pledge.amount_fen, pledge.ceiling_fen, pledge.household_limit) == (2_000_000, 500_000, 4)
    assert pledged_by_enterprise(session, [company.id]) == {company.id: 2_000_000}


def test_a_closed_pledge_counts_no_longer(session):
    user, company = make_company_user()
    pledge = make_pledge(company)

    services.close_pledge(session, pledge, user, NOW)

    assert pledge.status is PledgeStatus.CLOSED
    assert pledged_by_enterprise(session, [company.id]) == {}
    with pytest.raises(RuleBroken) as again:
        services.close_pledge(session, pledge, user, NOW)
    assert again.value.code == "pledge_closed"

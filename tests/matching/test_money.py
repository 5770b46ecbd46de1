from datetime import timedelta

import pytest

from pairing.enterprises.models import EnterpriseStatus, PledgeStatus
from pairing.errors import NotFound, RuleBroken
from pairing.households.models import HouseholdStatus, NeedStatus, Urgency
from pairing.matching import services
from pairing.matching.models import Grant, GrantStatus, RunGrant, RunStatus
from pairing.matching.rules.weights import Weights
from pairing.outbox.models import Message
from pairing.values.needs import Category, NeedType
from tests.support.makers import (
    DISTRICT,
    HOME,
    MONDAY,
    NEARBY,
    NOW,
    make_company_user,
    make_enterprise,
    make_grant,
    make_household,
    make_need,
    make_pledge,
    make_reservation,
    make_staff,
)

YUAN = 100


def preview(session, area=DISTRICT, by=None, **weights):
    return services.preview_money(session, area, Weights(**weights), by, NOW)


def found(session, run):
    return {
        (row.pledge_id, row.need_id): row.amount_fen
        for row in session.query(RunGrant).filter_by(run_id=run.id)
    }


def need(yuan=1000, **given):
    columns = {
        name: given.pop(name) for name in ("urgency", "area_code", "category", "status") if name in given
    }
    return make_need(make_household(**columns), given.pop("kind", NeedType.MEDICAL), yuan * YUAN, **given)


def test_a_need_is_paid_from_a_pledge(session):
    wanted, pledge = need(), make_pledge()

    run = preview(session)

    assert found(session, run) == {(pledge.id, wanted.id): 100_000}
    assert (run.summary["covered_fen"], run.summary["needs_covered"]) == (100_000, 1)
    assert session.query(Grant).count() == 0


@pytest.mark.parametrize(
    "condition",
    [
        {"purposes": ["schooling"]}, {"categories": ["tekun"]},
        {"area_code": NEARBY}, {"status": PledgeStatus.CLOSED},
        {"expires_on": MONDAY - timedelta(days=1)}, {"household_limit": 1, "ceiling_fen": 1},
    ],
)  # fmt: skip
def test_the_conditions_of_a_pledge_hold(session, condition):
    need(is_splittable=False, category=Category.DIBAO)
    make_pledge(**condition)

    assert found(session, preview(session)) == {}


def test_a_pledge_may_be_used_on_its_last_day(session):
    need()
    make_pledge(expires_on=MONDAY)

    assert len(found(session, preview(session))) == 1


def test_a_company_that_is_not_approved_gives_nothing(session):
    need()
    make_pledge(make_enterprise(status=EnterpriseStatus.PENDING))

    assert found(session, preview(session)) == {}


@pytest.mark.parametrize("given", [{"status": HouseholdStatus.CLOSED}, {"area_code": "370203021001"}])
def test_households_outside_are_not_paid_for(session, given):
    need(**given)
    make_pledge()

    assert preview(session).summary["needs"] == 0


def test_the_most_urgent_need_is_paid_first(session):
    need(urgency=Urgency.NONE)
    urgent = need(urgency=Urgency.RED)
    pledge = make_pledge(amount_fen=100_000)

    assert found(session, preview(session)) == {(pledge.id, urgent.id): 100_000}


def test_reserved_and_proposed_money_is_taken(session):
    pledge = make_pledge(amount_fen=300_000)
    make_reservation(need(), pledge)
    make_grant(need(), pledge)
    wanted = need(2000)

    assert found(session, preview(session)) == {(pledge.id, wanted.id): 100_000}


def test_a_need_that_is_partly_paid_wants_the_rest(session):
    wanted, other = need(1000), make_pledge()
    make_reservation(wanted, make_pledge(amount_fen=40_000), amount_fen=40_000)

    assert found(session, preview(session)) == {(other.id, wanted.id): 60_000}


def test_a_whole_need_has_one_payer(session):
    wanted = need(1000, is_splittable=False)
    make_pledge(amount_fen=60_000)
    make_pledge(amount_fen=60_000)

    assert found(session, preview(session)) == {}
    enough = make_pledge(amount_fen=100_000)
    assert found(session, preview(session)) == {(enough.id, wanted.id): 100_000}


def test_the_ceiling_counts_what_the_household_got_before(session):
    home = make_household()
    pledge = make_pledge(ceiling_fen=100_000)
    make_reservation(make_need(home, amount_fen=80_000), pledge)
    make_need(home, NeedType.SCHOOLING, 80_000)

    assert found(session, preview(session)) == {}


def test_the_limit_of_households_counts_those_before(session):
    pledge = make_pledge(household_limit=2)
    make_reservation(need(), pledge)
    need()
    need()

    assert len(found(session, preview(session))) == 1


def test_only_the_chosen_tiers_are_paid_for(session):
    need(urgency=Urgency.NONE)
    make_pledge()

    assert preview(session, urgencies=("red",)).summary["needs"] == 0


def test_the_figures_are_told_by_tier_and_community(session):
    need(urgency=Urgency.RED)
    need(urgency=Urgency.BLUE, area_code=NEARBY)
    make_pledge(amount_fen=100_000)

    summary = preview(session).summary

    assert summary["tiers"] == {
        "blue": {"wanted": 100_000, "served": 0}, "red": {"wanted": 100_000, "served": 100_000},
    }  # fmt: skip
    assert summary["communities"][NEARBY] == {"wanted": 100_000, "served": 0}


def test_nothing_to_do_is_an_answer(session):
    run = preview(session)

    assert (run.summary["needs"], run.summary["grants"], run.summary["tiers"]) == (0, 0, {})


def test_a_run_of_money_stays_inside_the_scope_of_its_maker(session):
    with pytest.raises(NotFound):
        preview(session, NEARBY, by=make_staff(HOME))


def test_proposing_writes_grants_and_tells_the_company_once(session):
    user, company = make_company_user()
    pledge = make_pledge(company)
    wanted = [need(), need()]

    run = preview(session)

    assert services.propose(session, run, None, NOW) == (2, 0)
    grants = session.query(Grant).order_by(Grant.need_id).all()
    assert [(row.need_id, row.pledge_id, row.status) for row in grants] == [
        (row.id, pledge.id, GrantStatus.PROPOSED) for row in wanted
    ]
    assert {message.user_id for message in session.query(Message)} == {user.id}
    assert session.query(Message).count() == 2
    assert run.status is RunStatus.PROPOSED


def test_a_run_of_money_is_proposed_once(session):
    run = preview(session)
    services.propose(session, run, None, NOW)

    with pytest.raises(RuleBroken) as refused:
        services.propose(session, run, None, NOW)

    assert refused.value.code == "already_proposed"


def close_pledge(pledge, wanted):
    pledge.status = PledgeStatus.CLOSED


def change_purpose(pledge, wanted):
    pledge.purposes = ["legal"]


def meet_need(pledge, wanted):
    wanted.status = NeedStatus.MET


def spend(pledge, wanted):
    make_reservation(need(9500), pledge)


def cover(pledge, wanted):
    make_reservation(wanted, make_pledge())


def fill(pledge, wanted):
    make_reservation(need(10), pledge)
    pledge.household_limit = 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (close_pledge, "changed"), (change_purpose, "changed"), (meet_need, "changed"),
        (spend, "no_balance"), (cover, "need_covered"), (fill, "over_condition"),
    ],
)  # fmt: skip
def test_money_that_does_not_hold_any_more_is_skipped_and_counted(session, change, reason):
    pledge, wanted = make_pledge(), need()
    run = preview(session)
    change(pledge, wanted)
    session.flush()

    assert services.propose(session, run, None, NOW) == (0, 1)

    assert run.summary["proposed"]["skipped"] == {reason: 1}

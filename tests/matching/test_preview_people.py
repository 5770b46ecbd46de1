from datetime import timedelta

import pytest

from pairing.errors import NotFound
from pairing.households.models import GenderWish, HouseholdStatus, Urgency
from pairing.matching import services
from pairing.matching.models import Proposal, ProposalStatus, RunPair, RunStatus, RunUnserved
from pairing.matching.rules.weights import Weights
from pairing.pairings.models import EndReason, PairingStatus
from pairing.privacy.keys import blind_index
from pairing.values.needs import NeedType
from pairing.values.people import Gender
from pairing.volunteers.models import Reach, Skill
from tests.support.makers import (
    DISTRICT,
    HOME,
    MONDAY,
    NEARBY,
    NOW,
    OUTSIDE,
    STREET,
    make_household,
    make_member,
    make_pairing,
    make_proposal,
    make_staff,
    make_volunteer,
)


def preview(session, area=DISTRICT, weights=None, by=None):
    return services.preview_people(session, area, weights or Weights(), by, NOW)


def pairs(session, run):
    rows = session.query(RunPair).filter_by(run_id=run.id)
    return {(row.household_id, row.volunteer_id) for row in rows}


def test_the_better_skilled_volunteer_is_found(session):
    home = make_household(needs=[NeedType.HOME_REPAIR])
    make_volunteer(skills=[Skill.LEGAL])
    helper = make_volunteer(skills=[Skill.REPAIR])

    run = preview(session)

    found = session.query(RunPair).one()
    assert (found.household_id, found.volunteer_id) == (home.id, helper.id)
    assert found.points == pytest.approx(sum(found.parts.values()), abs=0.05)
    assert found.parts["skills"] == 40.0
    assert run.status is RunStatus.PREVIEWED


def test_a_preview_proposes_nothing(session):
    make_household()
    make_volunteer()

    preview(session)

    assert session.query(Proposal).count() == 0


def test_the_figures_say_who_is_served(session):
    make_household(urgency=Urgency.RED)
    make_household(area_code=NEARBY, urgency=Urgency.RED, visitors_wanted=2)
    make_volunteer()

    run = preview(session)

    assert {name: run.summary[name] for name in ("households", "places", "served", "unserved")} == {
        "households": 2, "places": 3, "served": 1, "unserved": 2,
    }  # fmt: skip
    assert run.summary["tiers"] == {"red": {"wanted": 3, "served": 1}}
    assert run.summary["communities"].keys() == {HOME, NEARBY}
    assert list(run.summary["seconds"]) == ["read", "candidates", "solve", "write"]


def test_the_most_urgent_household_is_served_though_another_brings_more_points(session):
    urgent = make_household(area_code=NEARBY, urgency=Urgency.RED, needs=[NeedType.LEGAL])
    make_household(urgency=Urgency.NONE)
    helper = make_volunteer(skills=[Skill.COMPANIONSHIP])

    run = preview(session)

    assert pairs(session, run) == {(urgent.id, helper.id)}


def test_among_equals_who_waits_longer_is_served(session):
    make_household(registered_on=MONDAY - timedelta(days=700))
    first = make_household(registered_on=MONDAY - timedelta(days=1400), needs=[NeedType.LEGAL])
    helper = make_volunteer()

    run = preview(session)

    assert pairs(session, run) == {(first.id, helper.id)}


def test_a_home_that_asks_for_two_gets_two_different_people(session):
    home = make_household(visitors_wanted=2)
    helpers = [make_volunteer(capacity=3), make_volunteer(capacity=3)]

    run = preview(session)

    assert pairs(session, run) == {(home.id, helper.id) for helper in helpers}


@pytest.mark.parametrize(
    ("wish", "rule"),
    [
        ({"half_days": 0b1}, "half_days"),
        ({"gender_wish": GenderWish.MALE}, "gender"),
        ({"area_code": "370202005001"}, "area"),
    ],
)
def test_a_household_that_nobody_fits_is_told_the_rule(session, wish, rule):
    home = make_household(**wish)
    make_volunteer(gender=Gender.FEMALE, half_days=0b10, reach=Reach.SUBDISTRICT)

    preview(session)

    unserved = session.query(RunUnserved).one()
    assert (unserved.household_id, unserved.binding, unserved.places) == (home.id, rule, 1)
    assert unserved.left_by_rule[rule] == 0


def test_a_household_whose_volunteers_went_elsewhere_is_told_so(session):
    make_household(urgency=Urgency.RED)
    late = make_household(urgency=Urgency.NONE)
    make_volunteer()

    preview(session)

    unserved = session.query(RunUnserved).one()
    assert (unserved.household_id, unserved.binding) == (late.id, "taken")


def test_pairings_and_open_proposals_take_places_and_capacity(session):
    served, waiting = make_household(), make_household()
    make_pairing(served, make_volunteer(capacity=1))
    make_proposal(waiting, make_volunteer(capacity=1))

    run = preview(session)

    assert (run.summary["places"], run.summary["volunteers_free"]) == (0, 0)


@pytest.mark.parametrize("status", [ProposalStatus.DECLINED, ProposalStatus.REFUSED])
def test_a_pair_that_was_refused_is_not_proposed_again(session, status):
    home, helper = make_household(), make_volunteer()
    make_proposal(home, helper, status=status)

    run = preview(session)

    assert pairs(session, run) == set()
    assert session.query(RunUnserved).one().binding == "earlier"


@pytest.mark.parametrize(("reason", "again"), [(EndReason.HOUSEHOLD_WISH, 0), (EndReason.MOVED, 1)])
def test_a_pairing_that_the_household_ended_is_not_proposed_again(session, reason, again):
    make_pairing(status=PairingStatus.ENDED, ended_on=MONDAY, end_reason=reason)

    run = preview(session)

    assert len(pairs(session, run)) == again


def test_people_with_one_telephone_are_kept_apart(session):
    index = blind_index("phone", "+8610012345678")
    make_household(phone_index=index)
    make_volunteer(phone_index=index)

    preview(session)

    assert session.query(RunUnserved).one().binding == "kin"


def test_a_volunteer_who_lives_in_the_household_is_kept_apart(session):
    helper = make_volunteer()
    make_member(make_household(), identity_index=helper.identity_index)

    preview(session)

    assert session.query(RunUnserved).one().binding == "kin"


def test_only_open_households_of_the_area_and_tiers_are_matched(session):
    wanted = make_household(urgency=Urgency.RED)
    make_household(urgency=Urgency.BLUE)
    make_household(urgency=Urgency.RED, area_code=NEARBY)
    make_household(urgency=Urgency.RED, status=HouseholdStatus.CLOSED)
    helper = make_volunteer(capacity=5)

    run = preview(session, HOME, Weights(urgencies=("red",)))

    assert pairs(session, run) == {(wanted.id, helper.id)}


def test_volunteers_of_another_district_stay_there(session):
    make_household()
    make_volunteer(area_code=OUTSIDE, reach=Reach.DISTRICT)

    run = preview(session)

    assert run.summary["volunteers"] == 0
    assert session.query(RunUnserved).one().binding == "registered"


@pytest.mark.parametrize("sides", ["nobody", "households", "volunteers"])
def test_an_empty_side_is_an_answer(session, sides):
    if sides == "households":
        make_household()
    if sides == "volunteers":
        make_volunteer()

    run = preview(session)

    assert (run.summary["served"], run.summary["mean_points"]) == (0, None)


def test_a_run_stays_inside_the_scope_of_its_maker(session):
    with pytest.raises(NotFound):
        preview(session, NEARBY, by=make_staff(HOME))
    with pytest.raises(NotFound):
        preview(session, STREET, by=make_staff(HOME))
    with pytest.raises(NotFound):
        preview(session, "999999")


def test_the_same_input_gives_the_same_digest_and_pairs(session):
    for _ in range(3):
        make_household(needs=[NeedType.LEGAL])
        make_volunteer(capacity=2)

    one, other = preview(session), preview(session)

    assert one.input_digest == other.input_digest
    assert pairs(session, one) == pairs(session, other)


def test_a_change_of_the_input_changes_the_digest(session):
    home = make_household()
    before = preview(session).input_digest
    home.note = "已搬到二楼"
    session.flush()

    assert preview(session).input_digest != before
    assert preview(session, weights=Weights(load=0)).input_digest != preview(session).input_digest

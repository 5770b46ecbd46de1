"""A run held against every way to serve a tiny district."""

from itertools import combinations

import pytest

from pairing.households.models import Household
from pairing.matching import services
from pairing.matching.models import RunPair
from pairing.matching.rules.weights import Weights
from pairing.values.needs import NeedType
from pairing.volunteers.models import Skill, Volunteer, VolunteerStatus
from tests.support.makers import DISTRICT, HOME, NEARBY, NOW, make_household, make_volunteer


def preview(session):
    return services.preview_people(session, DISTRICT, Weights(), None, NOW)


def test_the_total_is_the_best_of_all_ways(session):
    make_small_district()
    run = preview(session)
    worth = {(row.household_id, row.volunteer_id): row.points for row in session.query(RunPair)}

    best = best_points(session, len(worth))

    assert sum(worth.values()) == pytest.approx(best)
    assert run.summary["served"] == len(worth) == 4


def make_small_district():
    """Make 4 households and 4 volunteers where the best pair of all belongs to no best answer."""
    for kinds, place in (
        ((NeedType.HOME_REPAIR, NeedType.LEGAL), HOME),
        ((NeedType.LEGAL,), NEARBY),
        ((NeedType.SCHOOLING, NeedType.COMPANIONSHIP), HOME),
        ((NeedType.SCHOOLING,), NEARBY),
    ):
        make_household(needs=kinds, area_code=place, half_days=0b111)
    for skills, times in (
        ((Skill.REPAIR, Skill.LEGAL), 0b111),
        ((Skill.REPAIR,), 0b011),
        ((Skill.TUTORING, Skill.COMPANIONSHIP), 0b110),
        ((Skill.COMPANIONSHIP,), 0b001),
    ):
        make_volunteer(skills=skills, half_days=times)


def best_points(session, served):
    """Try every way to serve *served* of the households, by runs of one household and one volunteer."""
    worth = {}
    homes, helpers = session.query(Household).all(), session.query(Volunteer).all()
    for helper in helpers:
        helper.status = VolunteerStatus.PAUSED
    for helper in helpers:
        helper.status, helper.capacity = VolunteerStatus.ACTIVE, 20
        session.flush()
        run = preview(session)
        worth |= {
            (row.household_id, row.volunteer_id): row.points
            for row in session.query(RunPair).filter_by(run_id=run.id)
        }
        helper.status, helper.capacity = VolunteerStatus.PAUSED, 1
    ways = combinations(worth, served)
    fair = (way for way in ways if len({h for h, _v in way}) == len({v for _h, v in way}) == served)
    assert len(homes) == len(helpers) == 4
    return max(sum(worth[pair] for pair in way) for way in fair)

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
    assert run.summary["served"] == len(worth)


def make_small_district():
    """Make 4 households and 4 volunteers whose skills and places cross each other."""
    kinds = [NeedType.LEGAL, NeedType.HOME_REPAIR, NeedType.SCHOOLING, NeedType.COMPANIONSHIP]
    skills = [Skill.REPAIR, Skill.LEGAL, Skill.COMPANIONSHIP, Skill.TUTORING]
    for at, (kind, skill) in enumerate(zip(kinds, skills, strict=True)):
        make_household(needs=[kind, kinds[at - 1]], area_code=(HOME, NEARBY)[at % 2], half_days=0b111 << at)
        make_volunteer(
            skills=[skill, skills[at - 2]], area_code=(HOME, NEARBY)[at // 2], half_days=0b11 << at
        )


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

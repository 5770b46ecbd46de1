from pairing.households.models import Urgency
from pairing.matching.rules import prices, skills
from pairing.values.needs import NeedType
from pairing.volunteers.models import Skill


def test_the_table_names_skills_that_exist_and_uses_each():
    named = {skill for answers in skills.ANSWERS.values() for skill in answers}

    assert named == {skill.value for skill in Skill}


def test_a_mask_gives_back_the_needs_that_ask_for_a_skill():
    mask = skills.needs_mask([NeedType.HOME_REPAIR, NeedType.HOUSING, NeedType.HOME_REPAIR])

    assert skills.needs_in(mask) == [NeedType.HOME_REPAIR]


def test_skills_cover_the_needs_they_answer_to():
    covered = skills.needs_in(skills.covers_mask(["repair", "legal"]))

    assert covered == [NeedType.LEGAL, NeedType.POLICY_AGENCY, NeedType.HOME_REPAIR]


def test_the_tiers_are_those_of_the_register():
    assert set(prices.TIERS) == {urgency.value for urgency in Urgency}

from dataclasses import replace

from pairing.matching.rules.reasons import PairFacts, explain
from pairing.matching.rules.weights import Weights
from pairing.values.needs import NeedType
from pairing.wording import Wording

MOST = Weights().most()
FACTS = PairFacts(
    needs=(NeedType.HOME_REPAIR, NeedType.LEGAL),
    skills=("repair",),
    household_area="370202002012",
    volunteer_area="370202002012",
    household_half_days=0b11,
    volunteer_half_days=0b01,
    language_wish="",
    gender_wish=None,
)
PARTS = {"skills": 20.0, "nearness": 25.0, "half_days": 5.0, "language": 10.0, "load": 10.0}


def test_the_parts_that_bring_most_come_first_and_the_worst_is_said_honestly():
    found = explain(PARTS, MOST, FACTS)

    assert found.strong == ("同住一个社区", "还没有帮扶其他家庭")
    assert found.weakest == "没有对应的技能:法律"


def test_a_perfect_pair_has_no_weak_side():
    facts = replace(FACTS, needs=(NeedType.HOME_REPAIR,))

    found = explain(dict(MOST), MOST, facts)

    assert found.strong[0] == "能帮上:维修"
    assert found.weakest is None


def test_a_household_without_wishes_has_no_reason_in_them():
    facts = replace(FACTS, needs=(), household_half_days=0)

    found = explain(dict(MOST), MOST, facts)

    assert found.strong == ("同住一个社区", "还没有帮扶其他家庭")


def test_common_times_are_named_and_counted():
    facts = replace(FACTS, needs=(), volunteer_half_days=0b11)
    parts = PARTS | {"half_days": 10.0, "nearness": 6.25}

    found = explain(parts, MOST, replace(facts, volunteer_area="370202005001"))

    assert "周一上午等 2 个半天都有空" in found.strong
    assert found.weakest == "住在另一个街道"


def test_wishes_that_are_met_are_said():
    weights = Weights(is_gender_required=False)
    facts = replace(FACTS, language_wish="胶东话", gender_wish=Wording("希望女志愿者"))

    words = explain(dict(weights.most()), weights.most(), facts).strong

    assert {"会说胶东话", "希望女志愿者"} <= set(words)


def test_long_lists_of_needs_are_cut_after_three():
    needs = (NeedType.MEDICAL, NeedType.SCHOOLING, NeedType.LEGAL, NeedType.HOME_REPAIR)

    found = explain(PARTS | {"skills": 0.0}, MOST, replace(FACTS, needs=needs, skills=()))

    assert found.weakest == "没有对应的技能:就医、上学、法律等"

import math

import pytest

from pairing.errors import BadValue
from pairing.matching.rules.weights import PART_LABELS, PARTS, Weights


def test_the_most_points_add_up_to_a_hundred():
    assert math.isclose(sum(Weights().most().values()), 100.0)
    assert math.isclose(sum(Weights(is_gender_required=False).most().values()), 100.0)


def test_gender_counts_only_where_it_is_not_required():
    assert "gender" not in Weights().parts()
    assert "gender" in Weights(is_gender_required=False).parts()


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -1.0, 1001.0])
@pytest.mark.parametrize("name", [*PARTS, "waiting"])
def test_a_weight_that_is_no_sound_number_is_refused(name, wrong):
    with pytest.raises(BadValue, match="0 到 1000") as refused:
        Weights(**{name: wrong})

    assert refused.value.code == "bad_weight"


def test_weights_that_are_all_zero_are_refused():
    with pytest.raises(BadValue) as refused:
        Weights(skills=0, nearness=0, half_days=0, language=0, load=0)

    assert refused.value.code == "no_weight"


def test_an_unknown_tier_is_refused():
    with pytest.raises(BadValue) as refused:
        Weights(urgencies=("purple",))

    assert refused.value.code == "bad_urgency"


def test_weights_are_kept_and_read_back():
    weights = Weights(skills=3.0, is_gender_required=False, urgencies=("red",))

    assert Weights.from_dict(weights.as_dict()) == weights
    assert weights.as_dict()["version"] == 1


def test_weights_of_a_run_that_kept_none_are_the_usual_ones():
    assert Weights.from_dict({}) == Weights()


def test_every_part_has_words():
    assert set(PARTS) == set(PART_LABELS)

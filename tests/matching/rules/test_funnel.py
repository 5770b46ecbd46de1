from itertools import pairwise

import pytest

from pairing.matching.rules.candidates import FUNNEL
from pairing.matching.rules.funnel import STEP_LABELS, binding_rule, binding_words


def left(**counts):
    """Count 84 volunteers until a rule says otherwise, then that many."""
    found, now = {}, 84
    for rule in FUNNEL:
        now = counts.get(rule, now)
        found[rule] = now
    return found


def test_the_first_rule_that_leaves_too_few_binds():
    assert binding_rule(left(half_days=3, gender=0), wanted=1) == "gender"


def test_a_household_that_wants_two_is_bound_where_one_is_left():
    assert binding_rule(left(half_days=1), wanted=2) == "half_days"


def test_enough_volunteers_who_went_elsewhere_bind_by_being_taken():
    assert binding_rule(left(), wanted=2) == "taken"


def test_the_words_hold_the_numbers_and_the_half_days():
    words = binding_words("half_days", left(half_days=0), half_days="周一上午")

    assert words == "能到本社区的 84 名志愿者中,0 人周一上午有空"


def test_a_register_without_volunteers_says_so():
    assert binding_words("registered", left(registered=0)) == "全区登记的志愿者只有 0 名"


@pytest.mark.parametrize(("before", "rule"), list(pairwise(FUNNEL)))
def test_every_rule_has_words_with_the_number_before_it(before, rule):
    counts = left(**{before: 77, rule: 5})

    words = binding_words(rule, counts, "周一上午", "希望女志愿者")

    assert "77" in words
    assert "5" in words


def test_every_step_has_a_label():
    assert tuple(STEP_LABELS) == FUNNEL

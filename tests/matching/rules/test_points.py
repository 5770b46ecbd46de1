import numpy as np

from pairing.areas.rules import nearness
from pairing.matching.rules import points


def ints(*values):
    return np.array(values, dtype=np.int64)


def test_skill_share_counts_answered_needs():
    assert points.skill_share(ints(0b11, 0b11, 0b100), ints(0b01, 0b11, 0b01)).tolist() == [0.5, 1.0, 0.0]


def test_skill_share_is_whole_where_no_need_asks_for_a_skill():
    assert points.skill_share(ints(0), ints(0)).tolist() == [1.0]


def test_nearness_table_says_what_the_areas_say():
    places = ["370202002012", "370202002008", "370202005001"]

    table = points.nearness_table(places)

    assert table.tolist() == [[nearness(one, other) for other in places] for one in places]


def test_nearness_table_of_nothing_is_empty():
    assert points.nearness_table([]).shape == (0, 0)


def test_half_days_count_up_to_three():
    home = ints(0b11111)

    assert np.allclose(points.half_day_share(home, ints(0b1, 0b11, 0b111, 0b11111)), [1 / 3, 2 / 3, 1, 1])


def test_half_days_are_whole_where_the_household_takes_any_time():
    assert points.half_day_share(ints(0), ints(0b1)).tolist() == [1.0]


def test_language_counts_for_whom_speaks_it():
    speaks = np.array([[True, False], [True, True]])

    assert points.language_share(ints(1, 1, 0), ints(0, 1, 0), speaks).tolist() == [0.0, 1.0, 1.0]


def test_lightness_falls_with_the_households_that_are_helped_already():
    assert points.lightness_share(ints(2, 2, 2, 0), ints(0, 1, 5, 0)).tolist() == [1.0, 0.5, 0.0, 1.0]

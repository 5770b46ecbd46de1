import numpy as np

from pairing.matching.rules import hard


def ints(*values):
    return np.array(values, dtype=np.int64)


def test_adult_on_the_eighteenth_birthday_and_not_the_day_before():
    assert hard.is_adult(ints(20081123, 20081124, 19500101), 20261123).tolist() == [True, False, True]


def test_free_places_are_the_limit_less_what_is_taken_and_never_negative():
    assert hard.free_places(ints(2, 1, 1), ints(1, 1, 3)).tolist() == [1, 0, 0]


def test_reach_is_by_community_subdistrict_or_district():
    home = ints(370202002012)
    near, far = ints(370202002008), ints(370202005001)

    assert hard.is_within_reach(home, near, ints(12, 9, 6)).tolist() == [False, True, True]
    assert hard.is_within_reach(home, far, ints(12, 9, 6)).tolist() == [False, False, True]
    assert not hard.is_within_reach(home, ints(370203021001), ints(6))[0]


def test_common_half_day_is_needed_only_where_the_household_names_some():
    assert hard.has_common_half_day(ints(0b011, 0b100, 0), ints(0b010, 0b010, 0b010)).tolist() == [
        True,
        False,
        True,
    ]


def test_gender_wish_is_met_by_that_gender_or_absent():
    assert hard.fits_gender_wish(ints(0, 1, 2), ints(2, 2, 2)).tolist() == [True, False, True]


def test_listed_pairs_are_out_whatever_shape_is_asked_for():
    listed = ints(5), ints(7)

    assert hard.is_not_listed(ints(5, 5, 7), ints(7, 5, 5), listed).tolist() == [False, True, True]
    assert hard.is_not_listed(ints(5)[:, None], ints(6, 7)[None, :], listed).tolist() == [[True, False]]


def test_an_empty_list_forbids_nobody():
    assert hard.is_not_listed(ints(5), ints(7), (ints(), ints())).tolist() == [True]

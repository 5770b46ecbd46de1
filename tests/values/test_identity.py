from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from pairing.errors import BadValue
from pairing.values.identity import age_on, birth_date, gender, normal_identity, read_identity
from pairing.values.people import Gender

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "typed",
    [
        "370299195908307504",
        " 370299 19590830 7504 ",
        "３７０２９９１９５９０８３０７５０４",
        "'370299195908307504",
    ],
)
def test_a_number_is_read_however_it_is_spaced(typed):
    assert read_identity(typed, TODAY) == "370299195908307504"


def test_the_last_x_may_be_small_or_wide():
    assert read_identity("37029919720815223x", TODAY) == "37029919720815223X"
    assert read_identity("３７０２９９１９６９０５１０１５３Ｘ", TODAY) == "37029919690510153X"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (3.702991987010359e17, "id_numeric"),
        (370299198701035900, "id_numeric"),
        ("3.70299198701036E+17", "id_numeric"),
        ("", "missing_id"),
        (None, "missing_id"),
        ("37029919590830750", "id_malformed"),
        ("3702991959083075041", "id_malformed"),
        ("37029919590830750A", "id_malformed"),
        ("X70299195908307504", "id_malformed"),
        ("370299590830750", "id_malformed"),
        ("370299195602319721", "impossible_birth_date"),
        ("370299202611240015", "impossible_birth_date"),
        ("370299189908307504", "impossible_birth_date"),
        ("370299198309154371", "id_checksum"),
        ("370299198604148401", "id_checksum"),
    ],
)
def test_each_fault_has_its_reason(typed, code):
    with pytest.raises(BadValue) as caught:
        read_identity(typed, TODAY)

    assert caught.value.code == code


def test_a_numeric_cell_is_explained_by_the_15_digits():
    with pytest.raises(BadValue, match="前15位"):
        read_identity(3.702991987010359e17, TODAY)


def test_an_abolished_district_is_as_good_as_any():
    assert read_identity("412723195001010015"[:17] + ric.calc_check_digit("412723195001010015"), TODAY)


def test_normal_form_does_not_judge():
    assert normal_identity(" 37029919830915437x ") == "37029919830915437X"


@pytest.mark.parametrize(
    ("number", "expected"), [("370299195601010028", Gender.FEMALE), ("370299199306151010", Gender.MALE)]
)
def test_gender_stands_in_the_seventeenth_digit(number, expected):
    assert gender(number) is expected


@pytest.mark.parametrize(
    ("birth", "today", "age"),
    [
        (date(2012, 11, 23), date(2026, 11, 22), 13),
        (date(2012, 11, 23), date(2026, 11, 23), 14),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_age_counts_full_years(birth, today, age):
    assert age_on(birth, today) == age


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))
def test_every_right_number_reads_back_as_its_birth_date(birth, order):
    body = f"370299{birth:%Y%m%d}{order:03d}"
    number = body + ric.calc_check_digit(body + "0")

    assert birth_date(read_identity(number.lower(), TODAY)) == birth


@given(st.dates(date(1950, 1, 1), TODAY - timedelta(1)), st.integers(0, 999), st.integers(14, 16))
def test_one_wrong_order_digit_breaks_the_checksum(birth, order, place):
    body = f"370299{birth:%Y%m%d}{order:03d}"
    number = body + ric.calc_check_digit(body + "0")
    wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]

    with pytest.raises(BadValue, match="校验位"):
        read_identity(wrong, TODAY)

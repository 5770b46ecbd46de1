import pytest

from pairing.errors import BadValue
from pairing.values.choices import read_choice, read_choices, table
from pairing.values.numbers import read_count
from pairing.values.people import Gender

GENDERS = table(Gender, {"男性": Gender.MALE, "女性": Gender.FEMALE})


@pytest.mark.parametrize("typed", ["2户", 2.0, 2, "２", "两户", "二人", " 2 人 ", "2名"])
def test_counts_are_read_with_or_without_their_unit(typed):
    assert read_count(typed) == 2


def test_an_empty_count_is_the_default():
    assert read_count("", default=1) == 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "number_unreadable"),
        (2.5, "number_unreadable"),
        ("-1", "number_unreadable"),
        ("几户", "number_unreadable"),
        (True, "number_unreadable"),
        ("0", "number_out_of_range"),
        ("51户", "number_out_of_range"),
    ],
)
def test_each_fault_of_a_count_has_its_reason(typed, code):
    with pytest.raises(BadValue) as caught:
        read_count(typed, least=1, most=50)

    assert caught.value.code == code


@pytest.mark.parametrize("typed", ["女", " 女 ", "female", "FEMALE", "女　性"])
def test_a_choice_is_known_by_code_label_and_alias(typed):
    assert read_choice(typed, GENDERS, "unknown_gender") is Gender.FEMALE


@pytest.mark.parametrize("typed", ["", "其它", "女男"])
def test_another_word_is_refused_with_the_code_of_the_caller(typed):
    with pytest.raises(BadValue) as caught:
        read_choice(typed, GENDERS, "unknown_gender")

    assert caught.value.code == "unknown_gender"


def test_a_list_of_choices_names_each_once():
    assert read_choices("女、男/女性", GENDERS, "unknown_gender") == [Gender.FEMALE, Gender.MALE]
    assert read_choices("", GENDERS, "unknown_gender") == []


def test_one_unknown_choice_refuses_the_list():
    with pytest.raises(BadValue, match="其它"):
        read_choices("女、其它", GENDERS, "unknown_gender")

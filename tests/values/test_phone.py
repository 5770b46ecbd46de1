import phonenumbers
import pytest

from pairing.errors import BadValue
from pairing.values.phone import USUAL, format_phone, is_mobile, read_phone


@pytest.mark.parametrize(
    "typed",
    [
        "19900059941",
        19900059941.0,
        19900059941,
        "+86 19900059941",
        "+8619900059941",
        "0086 19900059941",
        "199-0005-9941",
        "１９９０００５９９４１",
        "'19900059941",
        "（+86）199 0005 9941",
    ],
)
def test_a_mobile_number_is_read_however_it_is_written(typed):
    assert read_phone(typed) == "+8619900059941"


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        ("10000000001", "+8610000000001"),
        ("0532-00001234", "+8653200001234"),
        ("(0532) 8288 1234", "+8653282881234"),
    ],
)
def test_demonstration_numbers_and_fixed_lines_are_read(typed, e164):
    assert read_phone(typed) == e164


@pytest.mark.parametrize("typed", ["", " ", None])
def test_an_empty_phone_is_missing(typed):
    with pytest.raises(BadValue) as caught:
        read_phone(typed)

    assert caught.value.code == "missing_phone"


@pytest.mark.parametrize(
    "typed",
    [
        "1990005994",
        "199000599411",
        "82881234",
        "110",
        "无",
        "19900059941 13800138000",
        "1-800-FLOWERS",
        "1e10",
        "+",
        "9" * 400,
    ],
)
def test_what_cannot_be_dialled_is_malformed(typed):
    with pytest.raises(BadValue) as caught:
        read_phone(typed)

    assert caught.value.code == "phone_malformed"


@pytest.mark.parametrize(
    ("e164", "shown"),
    [
        ("+8613800138000", "138 0013 8000"),
        ("+8653282881234", "0532 8288 1234"),
        ("+16502530000", "+1 650-253-0000"),
    ],
)
def test_a_number_is_shown_as_it_is_read_out(e164, shown):
    assert format_phone(e164) == shown
    assert read_phone(shown) == e164


def test_only_mobile_numbers_receive_text_messages():
    assert is_mobile("+8613800138000")
    assert not is_mobile("+8653282881234")


@pytest.mark.parametrize("typed", ["11976009627", "12089006526", "17990007285"])
def test_a_number_that_begins_with_a_code_dialled_before_it_is_no_mobile_number(typed):
    with pytest.raises(BadValue, match="联系电话不对"):
        read_phone(typed)


@pytest.mark.parametrize("beginning", range(100, 200))
def test_a_usual_number_is_read_as_the_tables_would(beginning):
    typed = f"{beginning}00059941"
    in_tables = phonenumbers.parse(typed, "CN").national_number

    assert not USUAL.fullmatch(typed) or in_tables == int(typed)

import pytest

from pairing.errors import BadValue
from pairing.values.uscc import read_uscc


@pytest.mark.parametrize(
    "typed",
    [
        "91370299maecbkab9k",
        " 91370299MAECBKAB9K ",
        "９１３７０２９９ＭＡＥＣＢＫＡＢ９Ｋ",
        "91370299 MAECBKAB9-K",
    ],
)
def test_a_code_is_read_in_any_case_and_spacing(typed):
    assert read_uscc(typed) == "91370299MAECBKAB9K"


def test_a_code_of_another_register_may_begin_with_a_letter():
    assert read_uscc("53370299MJ00DEM025") == "53370299MJ00DEM025"
    with pytest.raises(BadValue, match="校验位"):
        read_uscc("N2370299MJ00DEM02A")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "missing_uscc"),
        (91370299.0, "uscc_malformed"),
        ("91370299MA00DEM01", "uscc_malformed"),
        ("91370299MA00DEMO1K", "uscc_malformed"),
        ("9137029AMA00DEM01K", "uscc_malformed"),
        (" 91370299MAN84XX1L1 ", "uscc_checksum"),
        ("91370299MAB405A0M1", "uscc_checksum"),
    ],
)
def test_each_fault_has_its_reason(typed, code):
    with pytest.raises(BadValue) as caught:
        read_uscc(typed)

    assert caught.value.code == code

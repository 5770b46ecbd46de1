import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing.errors import BadValue
from pairing.values.money import MOST_FEN, format_money, format_money_short, plain_yuan, read_money


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("2万元", 2_000_000),
        ("0.5万", 500_000),
        ("50,000.00元", 5_000_000),
        ("1250元", 125_000),
        (2000.0, 200_000),
        (2000, 200_000),
        ("5万", 5_000_000),
        ("５万元", 5_000_000),
        ("￥1，250.50", 125_050),
        ("¥ 12", 1_200),
        ("人民币3千元整", 300_000),
        ("1百万", 100_000_000),
        ("0.1亿元", 1_000_000_000),
        ("20 000", 2_000_000),
        ("0", 0),
        (0.1 + 0.2, 30),
        (1234.5600000000001, 123_456),
        ("0.00001万", 10),
    ],
)
def test_amounts_are_read_to_the_fen(typed, fen):
    assert read_money(typed) == fen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "missing_amount"),
        (None, "missing_amount"),
        (-20000.0, "amount_negative"),
        ("-2万元", "amount_negative"),
        ("－５００", "amount_negative"),
        ("负500元", "amount_negative"),
        ("¥-5", "amount_negative"),
        ("若干", "amount_unreadable"),
        ("1.234元", "amount_unreadable"),
        (1.005, "amount_unreadable"),
        ("1,5元", "amount_unreadable"),
        ("2万5千", "amount_unreadable"),
        ("1e5", "amount_unreadable"),
        ("贰万元", "amount_unreadable"),
        ("٣٤", "amount_unreadable"),
        (float("nan"), "amount_unreadable"),
        (float("inf"), "amount_unreadable"),
        (True, "amount_unreadable"),
        ("9" * 5000, "amount_unreadable"),
        ("99999999999999", "amount_too_large"),
        ("1000001百万", "amount_too_large"),
    ],
)
def test_each_fault_has_its_reason(typed, code):
    with pytest.raises(BadValue) as caught:
        read_money(typed)

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("fen", "exact", "short"),
    [
        (123_456, "1,234.56 元", "1,234.56 元"),
        (2_000_000, "20,000.00 元", "2 万元"),
        (1_250_000, "12,500.00 元", "1.25 万元"),
        (1_234_500, "12,345.00 元", "12,345 元"),
        (100_000_000_000, "1,000,000,000.00 元", "100,000 万元"),
        (0, "0.00 元", "0 元"),
    ],
)
def test_amounts_are_shown_exactly_or_shortly(fen, exact, short):
    assert (format_money(fen), format_money_short(fen)) == (exact, short)


@given(st.integers(0, MOST_FEN))
def test_every_way_of_showing_an_amount_reads_back(fen):
    shown = (plain_yuan(fen), format_money(fen), format_money_short(fen))

    assert {read_money(text) for text in shown} == {fen}


@given(st.integers(0, 10**13))
def test_a_numeric_cell_reads_back_to_the_fen(fen):
    assert read_money(fen / 100) == fen

"""Passwords that anybody would guess are refused; no kind of character is asked for."""

import pytest

from pairing.values.passwords import ALONE, LONGEST, WITH_FACTOR, password_fault

GUESSED = [
    *("password", "Password123!", "ＰＡＳＳＷＯＲＤ１２", "sunshine2019", "iloveyou"),
    *(
        "qwertyuiop",
        "1qaz2wsx3edc",
        "asdfghjkl",
        "147258369",
        "12345678",
        "87654321",
        "9876543210",
        "abcdefgh",
    ),
    *("abcdefgh", "aaaaaaaa", "abababab", "123123123", " " * 20, "password password"),
    *("woaini5201314", "woaini1314520", "5201314520", "WoAiNi 2018", "qingdao2018", "admin123456"),
    *(
        "我爱你我爱你我爱你",
        "jiedui2026",
        "帮扶结对2026平台",
        "zhangsan2018",
        "ZHANGSAN!!!!",
        "张三张三2018年",
    ),
]
GOOD = [
    "a sentence that is long enough",
    "一句容易记住而且够长的密码话",
    "青岛的海风吹过老城区的院子",
    "tiger!lake7",
    "correct horse battery",
    "zhangsan爱吃辣炒蛤蜊",
    "zzzzyyyyxxxxwwww",
]
OWN = ("zhangsan", "张三")


@pytest.mark.parametrize("password", GUESSED)
def test_what_anybody_would_guess_is_refused(password):
    assert password_fault(password, WITH_FACTOR, OWN) is not None


@pytest.mark.parametrize("password", GOOD)
def test_what_is_long_and_one_s_own_may_be_chosen(password):
    assert password_fault(password, WITH_FACTOR, OWN) is None


@pytest.mark.parametrize(
    ("length", "least", "fits"), [(14, ALONE, False), (15, ALONE, True), (7, WITH_FACTOR, False)]
)
def test_the_length_is_counted_in_characters(length, least, fits):
    assert (password_fault("青岛的海风吹过老城区的院子里花"[:length], least) is None) is fits


def test_sixty_four_characters_may_be_chosen_and_hashing_is_bounded():
    words = "the tide comes in and goes out again, and the boats wait for it " * 3

    assert password_fault(words[:64], ALONE) is None
    assert password_fault(words[:LONGEST], ALONE) is None
    assert password_fault(words[: LONGEST + 1], ALONE) is not None


def test_a_long_row_is_looked_at_in_no_time():
    for unit in ("woaini", "abcd", "1", "mama", "qwe"):
        assert password_fault(unit * (LONGEST // len(unit)), WITH_FACTOR) is not None

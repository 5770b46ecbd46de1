"""Numbers of people and telephones in every spelling: none reaches a log line."""

import json
import logging
import re

import pytest
import structlog
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pairing import logs
from pairing.logs.masking import HIDDEN, mask_text, mask_values

SEPARATORS = st.sampled_from(["", " ", "-", "–", "·", ".", " - ", "/", "\u3000", "\u200b", "_", ")", ", "])
SCRIPTS = st.sampled_from(["0123456789", "0123456789", "٠١٢٣٤٥٦٧٨٩", "𝟬𝟭𝟮𝟯𝟰𝟱𝟲𝟳𝟴𝟵"])
AROUND = st.sampled_from(["", " ", "号", "id=", "(", "'", '"', "[", "x: ", ":", "电话", "\n"])
QUIETLY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def digits(least, most=None):
    return st.text("0123456789", min_size=least, max_size=most or least)


IDENTITIES = st.builds(
    "".join, st.tuples(st.sampled_from("123456789"), digits(16), st.sampled_from("0123456789Xx"))
)
MOBILES = st.builds("".join, st.tuples(st.sampled_from(["", "+86", "0086", "86"]), st.just("1"), digits(10)))
FIXED = st.builds(
    "".join, st.tuples(st.sampled_from(["0", "+86", "+860"]), st.sampled_from("123456789"), digits(9, 10))
)
NUMBERS = st.one_of(IDENTITIES, MOBILES, FIXED)


@st.composite
def spelled(draw):
    """Give a number and one of the ways to write it into a sentence."""
    number, gap, script = draw(NUMBERS), draw(SEPARATORS), draw(SCRIPTS)
    steps = draw(st.sets(st.integers(1, len(number) - 1), max_size=6))
    letters = [script[int(sign)] if sign.isdigit() else sign for sign in number]
    text = "".join(
        (gap if place in steps and number[0] != "+" else "") + sign for place, sign in enumerate(letters)
    )
    return number, draw(AROUND) + text + draw(AROUND)


def core(number):
    """Return the digits that say who: without country and trunk prefix."""
    return re.sub(r"^(\+86|0086|86(?=1))0?|^0", "", number).rstrip("Xx")


def found_in(number, text):
    """Whether the digits of *number* stand in *text*, whatever stands between them."""
    return core(number) in re.sub(r"[^0-9]", "", "".join(str(logging_digit(sign)) for sign in text))


def logging_digit(sign):
    return int(sign) if sign.isdecimal() else " "


@QUIETLY
@given(spelled())
def test_no_number_of_anybody_stays_in_a_text(pair):
    number, text = pair

    assert not found_in(number, mask_text(text)), mask_text(text)


PATHS = ["message", "argument", "field", "nested", "key", "list", "foreign", "error", "cause", "whole number"]


def speak(path, text):
    """Log *text* in one of the ways in which a program logs."""
    ours, theirs = structlog.get_logger("pairing.tests"), logging.getLogger("another.package")
    ways = {
        "message": lambda: ours.warning(text),
        "argument": lambda: logging.getLogger("pairing.tests").warning("said %s", text),
        "field": lambda: ours.warning("said", what=text),
        "nested": lambda: ours.warning("said", what={"a": [{"b": (text,)}]}),
        "key": lambda: ours.warning("said", what={text: 1}),
        "list": lambda: ours.warning("said", what=[text, {text}]),
        "foreign": lambda: theirs.warning("said %s of %d", text, 3),
        "error": lambda: _log_error(ours, RuntimeError(text)),
        "cause": lambda: _log_error(ours, ValueError(text), AttributeError(text)),
        "whole number": lambda: ours.warning("said", what=int(re.sub(r"[^0-9]", "", text) or 0)),
    }
    ways[path]()


def _log_error(logger, error, cause=None):
    try:
        raise error from cause
    except type(error):
        logger.exception("it failed")


@pytest.mark.parametrize("path", PATHS)
@QUIETLY
@given(pair=spelled())
def test_no_number_of_anybody_leaves_by_any_way(capsys, path, pair):
    number, text = pair
    assume(path != "whole number" or number[0] not in "0+")  # a whole number has no such beginning
    logs.configure(is_plain=False)
    capsys.readouterr()

    speak(path, text)

    line = json.loads(capsys.readouterr().err)
    said = json.dumps({key: line[key] for key in line.keys() - {"timestamp", "where"}}, ensure_ascii=False)
    assert not found_in(number, said)


@pytest.mark.parametrize(
    "key",
    [
        "password",
        "new_password",
        "csrf_token",
        "display_name",
        "家庭_address",
        "note",
        "secret_key",
        "key",
        "Phone",
    ],
)
def test_what_a_denied_key_holds_is_hidden_however_deep(key):
    masked = mask_values({"a": [{"b": {key: "亓官雪梅"}}]})

    assert masked["a"][0]["b"][key] == HIDDEN


@pytest.mark.parametrize(
    "text",
    [
        "(name)=(亓官雪梅) already exists",
        "User(display_name='亓官雪梅', id=3)",
        '{"address": "亓官雪梅"}',
        "name=亓官雪梅;",
        "password: 亓官雪梅",
        "write to 亓官雪梅@example.com now",
        "GET /find?q=138%200013%208000 亓官",
    ],
)
def test_values_that_are_named_in_a_text_are_hidden(text):
    assert "亓官雪梅" not in mask_text(text)
    assert "138" not in mask_text(text)


def test_what_a_log_is_read_for_stays():
    line = {
        "status": 200,
        "duration_ms": 12.5,
        "area_code": "370202002012",
        "endpoint": "households.show_household",
    }

    assert mask_values(line) == line

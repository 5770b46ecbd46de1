import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing.errors import BadValue
from pairing.values.places import place_key
from pairing.values.text import cell_text, plain, read_line, read_name, read_note, split_many


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("华　明珍", "华明珍"),
        (" 曾 梅娟 ", "曾梅娟"),
        ("阿里木 • 买买提", "阿里木·买买提"),
        ("John  Smith", "John Smith"),
        ("李\u200b娜", "李娜"),
        ("𠮷野", "𠮷野"),
    ],
)
def test_names_lose_blanks_and_keep_their_dot(typed, name):
    assert read_name(typed) == name


@pytest.mark.parametrize("typed", ["", "　", None])
def test_an_empty_name_is_missing(typed):
    with pytest.raises(BadValue) as caught:
        read_name(typed)

    assert caught.value.code == "missing_name"


@pytest.mark.parametrize("typed", ["张三2", "123", "---", "张" * 51, 5.0])
def test_what_is_no_name_is_malformed(typed):
    with pytest.raises(BadValue) as caught:
        read_name(typed)

    assert caught.value.code == "name_malformed"


def test_a_line_keeps_chinese_punctuation_but_not_wide_digits():
    assert read_line(" 示例路１２号，Ａ座　二层\n") == "示例路12号，A座 二层"


def test_a_note_keeps_its_lines():
    assert read_note(" 听力不好，\n\n  说胶东话 \x00") == "听力不好，\n\n说胶东话"


def test_a_text_beyond_its_limit_is_refused():
    with pytest.raises(BadValue, match="最多 5 个字"):
        read_line("一二三四五六", most=5)


@pytest.mark.parametrize(
    "typed",
    [
        "就医、照护",
        "就医,照护",
        "就医，照护",
        "就医;照护",
        "就医；照护",
        "就医/照护",
        "就医 照护",
        "就医　照护、就医",
    ],
)
def test_lists_split_at_every_separator_offices_use(typed):
    assert split_many(typed) == ["就医", "照护"]


def test_an_empty_list_has_no_parts():
    assert split_many(" 、 ") == []


def test_integral_floats_read_as_whole_numbers():
    assert (cell_text(19900053545.0), cell_text(2.5), cell_text(None)) == ("19900053545", "2.5", "")


@pytest.mark.parametrize("typed", ["台西", "台西社区", " 台西社区 ", "台西社区居委会", "台 西社区居民委员会"])
def test_a_community_is_known_by_every_name_of_its_office(typed):
    assert place_key(typed) == "台西"


def test_a_subdistrict_keeps_the_name_of_its_road():
    assert place_key("香港中路街道办事处") == "香港中路"
    assert place_key("社区") == "社区"


@given(st.text())
def test_plain_text_has_no_control_character_and_stays_as_it_is(text):
    once = plain(text)

    assert "\0" not in once
    assert plain(once) == once

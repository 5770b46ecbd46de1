import pytest

from pairing.privacy.pinyin import query_key, search_keys


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("单田芳", "shantianfang"),
        ("单田芳", "stf"),
        ("曾国", "zeng"),
        ("解明淑", "xie"),
        ("仇和", "qiu"),
        ("查秀雪", "zha"),
        ("区凤玉", "ou"),
        ("朴树", "piao"),
        ("翟明", "zhai"),
        ("吕远", "lü"),
        ("阿里木·买买提", "alimumai"),
        ("John Smith", "john smith"),
    ],
)
def test_a_name_is_found_by_how_it_sounds(name, typed):
    assert f" {query_key(typed)}" in search_keys(name)


def test_a_key_is_found_only_by_its_beginning():
    assert f" {query_key('tianfang')}" not in search_keys("单田芳")


def test_keys_are_fenced_by_blanks_and_listed_once():
    keys = search_keys("一")

    assert (keys[0], keys[-1]) == (" ", " ")
    assert len(keys.split()) == len(set(keys.split()))


@pytest.mark.parametrize("name", ["", " ", "·"])
def test_an_empty_name_has_no_key(name):
    assert search_keys(name) == ""

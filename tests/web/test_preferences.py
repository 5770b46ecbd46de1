import pytest
from bs4 import BeautifulSoup

from pairing.web.language import locale_of
from pairing.web.preferences import own_path


def switch(visitor, **wish):
    """Press one of the switches of the top bar."""
    soup = BeautifulSoup(visitor.get("/page").text, "html.parser")
    form = soup.select_one("form.switches")
    data = {field["name"]: field["value"] for field in form.select("input")}
    return visitor.post(form["action"], data=data | wish)


def test_language_is_remembered(visitor):
    answer = switch(visitor, language="en")

    assert (answer.status_code, answer.location) == (303, "/page")
    assert '<html lang="en">' in visitor.get("/page").text


def test_large_type_is_remembered_until_switched_back(visitor):
    switch(visitor, type="large")
    assert 'class="large-type"' in visitor.get("/page").text

    switch(visitor, type="normal")
    assert 'class="large-type"' not in visitor.get("/page").text


@pytest.mark.parametrize("tag", ["zh", "zh-CN", "zh-Hans-CN", "zh_TW", "", "fr", "<b>"])
def test_whatever_is_not_english_is_chinese(tag):
    assert locale_of(tag) == "zh_CN"


@pytest.mark.parametrize(
    "target",
    [None, "", "http://evil.example", "//evil.example", "/\\evil.example", "page", "/a\r\nSet-Cookie: b=1"],
)
def test_only_own_paths_are_gone_back_to(target):
    assert own_path(target) == "/"

"""What every page is checked for is seen when it is planted."""

import pytest
from bs4 import BeautifulSoup

from tests.support.checks import page_problems
from tests.support.makers import identity_number

SOUND = """<html lang="zh-CN"><head><title>登录</title></head><body><h1>登录</h1><form method="post">
<input type="hidden" name="csrf_token" value="t"><input type="hidden" name="request_key" value="k">
<label for="who">姓名</label><input id="who" name="who">
{planted}</form></body></html>"""
PLANTED = {
    "no label for colour": '<input name="colour">',
    "no label for remark": '<textarea name="remark" id="remark"></textarea>',
    "a form inside a form": "<form></form>",
    "no single csrf_token": '</form><form method="POST" action="/x">',
    "no single request_key": '<input type="hidden" name="request_key" value="k">',
    "<p style=": '<p style="color: red">',
    "<a onclick=": '<a onclick="go()">',
    "an inline <script>": "<script>go()</script>",
    "a javascript: link": '<a href="javascript:go()">',
    "id 'who' stands 2 times": '<p id="who">',
    "2 <h1>": "<h1>再来</h1>",
    "is not masked": identity_number(),
    "identity number": f'<a href="/households?id={identity_number()}">',
}


def problems(planted, typed=""):
    return page_problems(BeautifulSoup(SOUND.replace("{planted}", planted), "html.parser"), typed)


def test_a_sound_page_has_no_problem():
    assert problems("<script src='/static/x.js'></script>") == []


@pytest.mark.parametrize(("problem", "planted"), PLANTED.items())
def test_a_planted_problem_is_seen(problem, planted):
    assert any(problem in found for found in problems(planted))


@pytest.mark.parametrize("piece", ['lang="zh-CN"', "<title>登录</title>", "<h1>登录</h1>"])
def test_a_missing_frame_is_seen(piece):
    assert page_problems(BeautifulSoup(SOUND.replace(piece, ""), "html.parser"))


def test_what_its_reader_typed_may_stand_in_a_refused_form():
    number = identity_number()

    assert problems(f'<input aria-label="x" value="{number}">', typed=f"{{'x': '{number}'}}") == []


def test_a_masked_number_is_no_problem():
    assert problems("370299********1234") == []

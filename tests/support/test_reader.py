"""A reader fills forms in as a browser does."""

import pytest
from bs4 import BeautifulSoup

from tests.support.forms import fill

FORM = BeautifulSoup(
    """<form><input name="csrf_token" type="hidden" value="t"><input name="name" value="王">
    <input name="off" disabled>
    <input type="checkbox" name="days" value="1" checked><input type="checkbox" name="days" value="2">
    <input type="checkbox" name="days" value="4" checked><input type="checkbox" name="agreed">
    <input type="radio" name="wish" value="any"><input type="radio" name="wish" value="female" checked>
    <select name="street"><option value="1">一</option><option value="2" selected>二</option></select>
    <select name="first"><option value="">请选择</option><option value="x">甲</option></select>
    <select name="several" multiple><option value="x">甲</option></select><textarea name="note">
两行
字</textarea><input type="file" name="roster">
    <button name="step" value="back">上一步</button><button name="step" value="on">下一步</button></form>""",
    "html.parser",
).form
STANDING = {
    "csrf_token": ["t"],
    "name": ["王"],
    "days": ["1", "4"],
    "wish": ["female"],
    "street": ["2"],
    "first": [""],
    "note": ["两行\n字"],
}


def test_a_form_is_sent_as_it_stands():
    assert fill(FORM, {}) == STANDING


def test_what_is_typed_replaces_what_stands():
    assert fill(FORM, {"name": "李", "days": ["2"]}) == STANDING | {"name": "李", "days": ["2"]}


def test_the_pressed_button_is_sent():
    assert fill(FORM, {}, "下一步") == STANDING | {"step": "on"}


def test_a_field_that_is_not_there_cannot_be_filled_in():
    with pytest.raises(AssertionError, match="colour"):
        fill(FORM, {"colour": "red"})

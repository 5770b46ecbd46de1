"""Fields of names, counts and free text: what is read, and what stays when it cannot be."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from pairing.web.fields import CountField, LineField, NameField, NoteField


class Everything(Form):
    name = NameField("姓名")
    count = CountField("户数", least=1, most=9)
    line = LineField("住址", most=5)
    note = NoteField("备注")


def filled(**typed):
    form = Everything(MultiDict(typed))
    form.validate()
    return form


def test_what_people_type_is_read():
    form = filled(name="华　明珍", count="两户", line=" 台西　三路 ", note="一\r\n 二 ")

    assert (form.name.data, form.count.data, form.line.data) == ("华明珍", 2, "台西 三路")
    assert form.note.data == "一\n二"
    assert not form.errors


def test_empty_fields_are_none_or_empty():
    form = filled()

    assert (form.name.data, form.count.data, form.line.data, form.note.data) == (None, None, "", "")


@pytest.mark.parametrize(
    ("name", "typed"), [("name", "张3"), ("count", "十几"), ("count", "0"), ("line", "六个字的住址")]
)
def test_what_cannot_be_read_stays_in_the_field_with_a_reason(name, typed):
    field = filled(**{name: typed})[name]

    assert field.errors
    assert typed in field()

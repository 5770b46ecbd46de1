from datetime import date

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form, FormField
from wtforms.validators import InputRequired

from pairing.web.choices import EnumChecksField, EnumSelectField
from pairing.web.fields import (
    HalfDaysField,
    IdentityField,
    LineField,
    LooseDateField,
    MoneyField,
    NameField,
    PhoneField,
    RowsField,
    UsccField,
)
from pairing.web.form import BaseForm
from pairing.wording import Labelled, _


class Colour(Labelled):
    """Two colours."""

    RED = "red", _("红")
    BLUE = "blue", _("蓝")


class ReadForm(Form):
    amount = MoneyField("金额")
    phone = PhoneField("电话")
    on = LooseDateField("日期")
    identity = IdentityField("身份证号")
    uscc = UsccField("信用代码")
    slots = HalfDaysField("时间", [InputRequired()])
    colour = EnumSelectField("颜色", enum=Colour, blank=_("请选择"))
    colours = EnumChecksField("颜色", enum=Colour)


@pytest.fixture(autouse=True)
def in_a_request(site):
    """Stand in a request: labels are translated."""
    with site.test_request_context():
        yield


def read(**typed):
    """Send *typed*; a list is several values of one name."""
    form = ReadForm(MultiDict(typed))
    form.validate()
    return form


@pytest.mark.parametrize(
    ("name", "typed", "data"),
    [
        ("amount", "2万元", 2_000_000),
        ("amount", " 50,000.50", 5_000_050),
        ("phone", "138 0013 8000", "+8613800138000"),
        ("on", "2018年4月10日", date(2018, 4, 10)),
        ("uscc", "91350100m000100y43", "91350100M000100Y43"),
        ("amount", "  ", None),
        ("colour", "blue", Colour.BLUE),
        ("colour", "", None),
        ("colours", ["red", "blue"], [Colour.RED, Colour.BLUE]),
        ("slots", ["5", "16"], 1 << 5 | 1 << 16),
    ],
)
def test_field_reads_what_people_type(name, typed, data):
    form = read(**{name: typed})

    assert form[name].data == data
    assert name == "slots" or not form[name].errors


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("amount", "很多", "金额"),
        ("phone", "12", "电话"),
        ("on", "2018年13月1日", "日期"),
        ("identity", "370202198001011239", "身份证号"),
        ("uscc", "91350100M000100Y44", "校验位"),
    ],
)
def test_unreadable_words_stay_in_the_field_beside_the_reason(name, typed, message):
    field = read(**{name: typed})[name]

    assert field.data is None
    assert message in field.errors[0]
    assert f'value="{typed}"' in field()


def test_stored_values_are_written_as_people_read_them():
    form = ReadForm(
        data={"amount": 123450, "phone": "+8613800138000", "on": date(2018, 4, 10), "slots": 1 << 5}
    )

    assert [form[name]._value() for name in ("amount", "phone", "on", "uscc")] == [
        "1234.50",
        "138 0013 8000",
        "2018-04-10",
        "",
    ]
    assert [bit for bit in range(21) if form.slots.is_ticked(bit)] == [5]


@pytest.mark.parametrize("typed", [["21"], ["-1"], ["x", "3"], ["٣"]])
def test_unknown_half_day_is_an_error(typed):
    form = read(slots=typed)

    assert form.slots.errors == ["时间选项无效,请重新勾选"]
    assert form.slots.data == 0


def test_unknown_choice_is_an_error():
    form = read(colour="green", colours=["red", "green"])

    assert form.colour.errors
    assert form.colours.errors


def test_form_carries_a_new_key_and_keeps_it_when_sent(site):
    first, second = BaseForm(), BaseForm()
    with site.test_request_context(method="POST", data={"request_key": "k1"}):
        sent = BaseForm()

    assert len({first.request_key.data, second.request_key.data}) == 2
    assert sent.request_key.data == "k1"


def test_messages_of_wtforms_are_chinese(site):
    class NameForm(BaseForm):
        amount = MoneyField("金额", [InputRequired()])

    with site.test_request_context(method="POST"):
        form = NameForm(meta={"csrf": False})
        form.validate()

        assert form.amount.errors == ["该字段是必填字段。"]


@pytest.mark.parametrize("blank", [" ", "\u3000", "\u200b", "\t\r\n"])
@pytest.mark.parametrize("field", [NameField, LineField, MoneyField, PhoneField, LooseDateField])
def test_blanks_are_no_answer_to_a_required_field(field, blank):
    class AskingForm(Form):
        asked = field(validators=[InputRequired("请填写")])

    form = AskingForm(MultiDict({"asked": blank}))

    assert not form.validate()
    assert form.asked.errors == ["请填写"]


def test_an_empty_tick_is_no_choice():
    assert read(colours=["", "red"]).colours.data == [Colour.RED]


@pytest.mark.parametrize(
    "name", ["rows-²-word", "rows--1-word", "rows-99999-word", f"rows-{'9' * 5000}-word"]
)
def test_rows_are_numbered_in_plain_digits(name):
    class Row(Form):
        word = LineField()

    class RowsForm(Form):
        rows = RowsField(FormField(Row))

    form = RowsForm(MultiDict({name: "x", "rows-3-word": "三"}))

    assert [row.word.data for row in form.rows] == ["三"]


@pytest.mark.parametrize(("sent", "kept"), [("a" * 64, "a" * 64), ("a" * 65, "")])
def test_a_key_that_cannot_be_kept_is_none(sent, kept):
    assert BaseForm(MultiDict({"request_key": sent})).request_key.data == kept

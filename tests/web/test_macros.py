"""The parts that pages are made of, as their reader finds them."""

import pytest
from bs4 import BeautifulSoup
from flask import render_template_string
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired

from pairing.web.choices import EnumChecksField, EnumRadioField, EnumSelectField
from pairing.web.fields import HalfDaysField, MoneyField
from pairing.web.form import BaseForm
from pairing.web.paging import Page
from pairing.wording import Labelled, _
from tests.support.checks import fragment_problems

ALL_FIELDS = """{% from "layout/forms.html" import form_errors, field, money, checks, radios %}
{% from "layout/forms.html" import half_day_grid, file_field, submit, hidden %}
{{ form_errors(form) }}
<form method="post">{{ hidden(form) }}
{{ field(form.name, hint="如证件所写", example="王小明") }}{{ money(form.amount) }}{{ radios(form.one) }}
{{ field(form.listed) }}{{ checks(form.some) }}{{ half_day_grid(form.slots) }}{{ field(form.agreed) }}
{{ file_field(form.file, accept=".xlsx") }}{{ submit("提交", "提交后由社区审核", cancel_url="/") }}
</form>"""


class Skill(Labelled):
    """Two skills."""

    CARE = "care", _("照料")
    REPAIR = "repair", _("水电维修")


class EveryForm(BaseForm):
    name = StringField(_("姓名"), [InputRequired()])
    amount = MoneyField(_("金额"))
    one = EnumRadioField(_("最擅长"), enum=Skill)
    listed = EnumSelectField(_("类别"), enum=Skill, blank=_("请选择"))
    some = EnumChecksField(_("技能"), enum=Skill)
    slots = HalfDaysField(_("时间"))
    agreed = BooleanField(_("同意"))
    file = FileField(_("花名册"))


@pytest.fixture
def draw(site):
    """Return a function that draws a template and sees that it is sound."""

    def render(source, **values):
        soup = BeautifulSoup(render_template_string(source, **values), "html.parser")
        assert not fragment_problems(soup)
        return soup

    with site.test_request_context("/page?kind=a&page=2"):
        yield render


@pytest.fixture
def ui(draw):
    """Return a function that draws one call of a macro of ui.html."""

    def render(call, **values):
        name = call.split("(")[0]
        return draw(f'{{% from "layout/ui.html" import {name} %}}{{{{ {call} }}}}', **values)

    return render


@pytest.fixture
def wrong_form(site):
    """A form that was sent with mistakes."""
    typed = MultiDict(
        [("name", ""), ("amount", "<很多>"), ("some", "care"), ("slots", "5"), ("request_key", "k1")]
    )
    with site.test_request_context():
        form = EveryForm(formdata=typed)
        form.validate()
        yield form


def test_wrong_form_says_so_on_top_with_links_to_the_fields(draw, wrong_form):
    soup = draw(ALL_FIELDS, form=wrong_form)

    links = [link["href"] for link in soup.select(".form-errors a")]
    assert {"#name", "#amount"} <= set(links)
    assert all(soup.select_one(link) for link in links)


def test_error_stands_at_its_field_and_what_was_typed_is_kept(draw, wrong_form):
    soup = draw(ALL_FIELDS, form=wrong_form)

    amount = soup.select_one("#amount")
    assert (amount["value"], amount["aria-invalid"]) == ("<很多>", "true")
    assert "金额" in soup.select_one("#" + amount["aria-describedby"].split()[-1]).text
    assert {box["value"] for box in soup.select("input:checked, input[checked]")} == {"care", "5"}


def test_form_carries_its_token_and_key(draw, wrong_form):
    soup = draw(ALL_FIELDS, form=wrong_form)

    assert soup.select_one("input[name=csrf_token]")["value"]
    assert soup.select_one("input[name=request_key]")["value"] == "k1"


def test_sound_form_shows_no_errors_and_marks_what_is_optional(draw):
    soup = draw(ALL_FIELDS, form=EveryForm())

    assert not soup.select(".form-errors, .field-error, [aria-invalid]")
    assert "选填" not in soup.select_one("label[for=name]").text
    assert "选填" in soup.select_one("label[for=amount]").text
    assert soup.select_one("select#listed option").text == "请选择"


def test_half_day_grid_has_a_named_box_for_each_half_day(draw):
    boxes = draw(ALL_FIELDS, form=EveryForm()).select("input[name=slots]")

    assert [box["value"] for box in boxes] == [str(bit) for bit in range(21)]
    assert boxes[16].find_parent("label").get_text(strip=True) == "周六下午"


def test_pairing_is_drawn_household_left_helper_right(ui):
    left, right = {"title": "张**", "lines": ["独居"], "url": "/h"}, {"title": "李<**"}
    soup = ui(
        "pair_card(left, right, 86.4, reasons, '无医疗经验', select=('ids', 7))",
        left=left,
        right=right,
        reasons=list("甲乙丙丁"),
    )

    assert [side.text for side in soup.select(".pair-name")] == ["张**", "李<**"]
    assert [reason.text for reason in soup.select(".reasons li")] == ["甲", "乙", "丙"]
    assert soup.select_one(".score-value").get_text(strip=True) == "86分"
    assert soup.select_one(".weakest").text == "不足无医疗经验"


@pytest.mark.parametrize(("amount", "width"), [(0, "0.0"), (35, "35.0"), (250, "100")])
def test_bar_never_leaves_its_track(ui, amount, width):
    soup = ui("bar([('认捐', 100, '100 万元'), ('已预留', amount, '若干')])", amount=amount)

    assert soup.select_one("rect.bar-2")["width"] == width
    assert [word.text for word in soup.select("dt")] == ["认捐", "已预留"]


def test_bar_of_nothing_is_drawn(ui):
    assert ui("bar([('认捐', 0, '0 元')])").select_one("rect.bar-1")["width"] == "0.0"


def test_pager_keeps_the_filters(ui):
    soup = ui("pager(page)", page=Page([], 2, 10, 35))

    assert soup.select_one("[rel=next]")["href"] == "/page?kind=a&page=3"
    assert soup.select_one("[aria-current]").text == "2"


def test_steps_lead_back_but_not_ahead(ui):
    soup = ui("steps(2, ['上传', '核对', '结果'], ['/1', '/2', '/3'])")

    assert [link["href"] for link in soup.select("a")] == ["/1"]
    assert soup.select_one("[aria-current=step]").get_text(" ", strip=True) == "2 核对"


def test_chip_has_an_icon_and_a_word(ui):
    soup = ui("chip('已超期 2 个工作日', 'red')")

    assert soup.text == "已超期 2 个工作日"
    assert soup.select_one("use")["href"].endswith("#exclamation-triangle")


def test_empty_value_of_a_fact_is_said(ui):
    soup = ui("facts([('电话', none), ('备注', ''), ('人数', 0)])")

    assert [value.text for value in soup.select("dd")] == ["未填写", "未填写", "0"]

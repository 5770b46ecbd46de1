"""What the scripts of every page do, in a real browser under the real policy."""

import threading

import pytest
from flask import render_template_string, request
from werkzeug.serving import make_server

from pairing.errors import RuleBroken
from pairing.web.fields import HalfDaysField
from pairing.web.form import BaseForm
from pairing.wording import _
from tests.support.browsing import listen

pytestmark = pytest.mark.browser
CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--no-first-run"],
}
HTMX_SAYS = (
    "Response Status Error Code 409 from /rule, [object HTMLButtonElement]",
)  # that a swap was refused
DESK = """{% extends "layout/base.html" %}{% from "layout/ui.html" import bulk_bar %}
{% from "layout/forms.html" import half_day_grid, hidden %}
{% block heading %}一页{% endblock %}{% block main %}
<form method="post" action="/send">{{ hidden(form) }}{{ half_day_grid(form.slots) }}
{% for id in "123" %}<label><input type="checkbox" name="ids" value="{{ id }}">{{ id }}</label>{% endfor %}
<button type="submit" name="do" value="save">保存</button>
{% call bulk_bar("ids") %}
<button type="submit" name="do" value="confirm" data-confirm="确认吗?">确认</button>
{% endcall %}
</form><button id="swap" hx-post="/rule">换</button>{% endblock %}"""


class DeskForm(BaseForm):
    slots = HalfDaysField("时间")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the system's Chromium."""
    return browser_type_launch_args | CHROMIUM


@pytest.fixture(scope="session")
def base_url():
    """Replace the plugin's fixture, which pytest 10 will refuse."""


@pytest.fixture
def sent(site):
    """The forms that arrive at the site, in order."""
    arrived = []
    site.add_url_rule("/desk", "desk", lambda: render_template_string(DESK, form=DeskForm()))
    site.add_url_rule(
        "/send",
        "send",
        lambda: arrived.append(request.form.to_dict(flat=False)) or ("", 204),
        methods=["POST"],
    )
    site.add_url_rule("/rule", "rule", refuse, methods=["POST"])
    return arrived


def refuse():
    """Refuse a swap."""
    raise RuleBroken(_("该户已有志愿者确认结对"), "already_paired")


@pytest.fixture
def desk(site, sent, page):
    """The page with everything on it, open in a browser."""
    server = make_server("127.0.0.1", 0, site, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    complaints = []
    listen(page, complaints).goto(f"http://127.0.0.1:{server.port}/desk")
    yield page
    page.close()
    server.shutdown()
    serving.join()
    server.server_close()
    assert [words for words in complaints if words not in HTMX_SAYS] == []


def test_double_click_sends_once_with_the_buttons_name(desk, sent):
    desk.get_by_role("button", name="保存").dblclick()
    desk.wait_for_timeout(300)

    assert [form["do"] for form in sent] == [["save"]]


def test_deed_is_asked_about_and_can_be_left(desk, sent):
    desk.get_by_label("全选本页").check()
    desk.get_by_role("button", name="确认", exact=True).click()
    assert desk.get_by_text("确认吗?").is_visible()
    desk.get_by_role("button", name="先不做").click()

    assert sent == []


def test_deed_is_sent_after_yes(desk, sent):
    desk.get_by_label("2", exact=True).check()
    desk.get_by_role("button", name="确认", exact=True).click()
    with desk.expect_response("**/send"):
        desk.get_by_role("button", name="确定").click()

    assert (sent[0]["ids"], sent[0]["do"]) == (["2"], ["confirm"])


def test_bulk_deed_waits_for_a_selection(desk):
    deed = desk.get_by_role("button", name="确认", exact=True)
    assert deed.is_disabled()

    desk.get_by_label("全选本页").check()

    assert deed.is_enabled()
    assert desk.locator("[data-selected-count]").text_content() == "3"


def test_heads_of_the_grid_tick_a_row_and_a_column(desk):
    ticked = desk.locator("input[name=slots]:checked")
    desk.get_by_role("button", name="周六").click()
    desk.get_by_role("button", name="晚上").click()
    assert ticked.count() == 9

    desk.get_by_role("button", name="晚上").click()

    assert ticked.count() == 2


def test_refused_swap_is_said_in_words(desk):
    desk.locator("#swap").click()
    desk.get_by_text("该户已有志愿者确认结对").wait_for()

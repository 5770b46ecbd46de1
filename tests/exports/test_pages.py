"""The way of a worker through an export: from the list to the file."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from pairing.accounts.rules import Role
from pairing.db import db
from pairing.exports.models import Export, ExportStatus
from pairing.households.models import Urgency
from pairing.outbox.models import Heartbeat
from pairing.scheduler.exports import build_exports
from tests.support.databases import settings_for
from tests.support.makers import HOME, NEARBY, NOW, make_household, make_staff, make_user

FORM = "main form.form"


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def me(session):
    return make_staff(HOME)


@pytest.fixture
def desk(new_reader, me):
    """The worker at the site."""
    return new_reader(me)


def ask(desk, path="/households", status=303, **answers):
    """Go from a list to its form and send it."""
    page = desk.get(path).follow("导出名单")
    return page.submit({"reason": "work"} | answers, form=FORM, status=status)


def fetch(reader, export_id):
    token = reader.get("/exports").select("meta[name=csrf-token]")[0]["content"]
    return reader.fetch("POST", f"/exports/{export_id}/fetch", data={"csrf_token": token})


def test_the_file_holds_what_the_list_showed(desk):
    make_household("单天方", file_no="370202002-2026-000009")
    make_household("王秀英", urgency=Urgency.RED)
    page = ask(desk, "/households?urgency=red")
    assert "等待生成" in page.text
    build_exports(settings_for(""))

    answer = fetch(desk, db.session.scalars(select(Export.id)).one())

    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows[2:]] == ["王**"]
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="households-')
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_page_asks_for_itself_until_it_is_done(desk):
    ask(desk)
    assert desk.fragment("/exports/progress").select("#exports")[0]["hx-trigger"] == "every 2s"

    build_exports(settings_for(""))

    section = desk.fragment("/exports/progress").select("#exports")[0]
    assert "hx-trigger" not in section.attrs
    assert "可以下载" in section.text


def test_the_full_list_wants_a_strong_reason_and_a_sentence(desk):
    page = ask(desk, status=422, contents="full")
    assert "完整名单只能用于" in page.text

    page = page.submit({"contents": "full", "reason": "delivery", "note": "送米"}, form=FORM, status=422)
    assert "至少 10 个字" in page.text

    page.submit({"note": "重阳节逐户送慰问品,两人使用"}, form=FORM, status=303)
    assert db.session.scalars(select(Export.is_full)).one() is True


def test_whoever_was_moved_elsewhere_has_no_file(desk, me):
    ask(desk)
    build_exports(settings_for(""))
    export_id = db.session.scalars(select(Export.id)).one()
    me.scope_code = NEARBY

    assert fetch(desk, export_id).status_code == 404
    assert "还没有导出过" in desk.get("/exports").text


def test_nobody_else_gets_the_file(desk, new_reader):
    ask(desk)
    build_exports(settings_for(""))
    export_id = db.session.scalars(select(Export.id)).one()

    for other in (make_staff(HOME), make_staff("370202"), make_user(Role.AUDITOR, "370202")):
        assert fetch(new_reader(other), export_id).status_code == 404


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COMPANY])
def test_helpers_have_no_exports(new_reader, session, role):
    new_reader(make_user(role)).get("/exports", 404)


def test_a_strange_list_is_not_there(desk):
    desk.get("/exports/new?kind=trail", 404)
    desk.get("/exports/new?kind=nonsense", 404)


@pytest.mark.parametrize(
    ("beat", "said"), [(None, True), (timedelta(seconds=31), True), (timedelta(seconds=5), False)]
)
def test_a_silent_scheduler_is_named_after_half_a_minute(desk, beat, said):
    ask(desk)
    assert "后台程序没有响应" not in desk.get("/exports").text
    later = NOW + timedelta(seconds=31)
    if beat:
        db.session.add(Heartbeat(name="exports", at=later - beat))

    with time_machine.travel(later, tick=False):
        assert ("后台程序没有响应" in desk.get("/exports").text) is said


def test_a_search_goes_into_the_list_and_not_into_the_address(desk):
    make_household("单天方")
    make_household("王秀英")
    desk.get("/households").submit({"term": "单天方"}, form="main form[role=search][method=post]")

    page = desk.get("/households").follow("导出名单")

    assert "共 1 行" in page.text
    assert "单天方" not in page.path


def test_a_list_too_long_says_how_to_narrow_it(desk, app, monkeypatch):
    monkeypatch.setitem(app.config, "PAIRING", replace(app.config["PAIRING"], export_rows=1))
    for _ in range(2):
        make_household()

    page = desk.get("/households").follow("导出名单")

    assert "请按区域、类别或状态筛选" in page.text
    assert page.select(FORM) == []


def test_one_that_breaks_does_not_stop_the_others(desk, monkeypatch):
    ask(desk)
    ask(desk)
    first, second = db.session.scalars(select(Export).order_by(Export.id))
    first.filters = {"category": "gone"}
    db.session.commit()

    assert build_exports(settings_for("")) == 1

    assert second.status is ExportStatus.READY
    assert (first.status, first.failure) == (ExportStatus.FAILED, "broken")

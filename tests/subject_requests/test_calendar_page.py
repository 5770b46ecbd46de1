from datetime import date, timedelta

import pytest

from pairing import clock
from pairing.workdays.queries import list_days
from tests.support.makers import HOME, make_staff

NEXT = clock.today().year + 1


@pytest.fixture
def admin(new_reader, session):
    """Bring a district administrator to the site."""
    return new_reader(make_staff())


def test_a_day_is_written_down_and_taken_back(admin, session):
    page = admin.get("/workdays")
    after = page.submit(
        {"day": f"{NEXT}-01-02", "kind": "work", "name": "元旦调休"}, form="form[action='/workdays']"
    )
    assert [(row.day, row.is_workday) for row in list_days(session, NEXT)] == [(date(NEXT, 1, 2), True)]

    after.submit(form="form[action='/workdays/drop']")

    assert list_days(session, NEXT) == []


def test_many_days_are_pasted_all_or_none(admin, session):
    page, pasted = admin.get("/workdays"), "form[action='/workdays/import']"
    page.submit({"lines": f"{NEXT}-01-01,休\n{NEXT}-13-01,休"}, form=pasted, status=422)
    assert list_days(session, NEXT) == []

    page.submit({"lines": f"{NEXT}-01-01,休,元旦\n{NEXT}-01-02,班"}, form=pasted)

    assert [row.name for row in list_days(session, NEXT)] == ["元旦", ""]


def test_the_page_and_the_health_check_say_which_year_is_missing(admin, session):
    assert f"还缺 {NEXT} 年的放假安排" in admin.get("/workdays").text
    faults = {fault["code"]: fault["detail"] for fault in admin.fetch("GET", "/healthz").json["faults"]}
    assert str(NEXT) in faults["calendar"]


def test_only_the_district_keeps_the_calendar(new_reader, session):
    new_reader(make_staff(HOME)).get("/workdays", 404)


def test_a_file_is_imported_on_the_command_line(app, session, tmp_path):
    lines = [f"{date(NEXT, 1, 1) + timedelta(days=number)},休,春节" for number in range(11)]
    (tmp_path / "days.csv").write_text("\ufeff日期,安排,名称\n" + "\n".join(lines), encoding="utf-8")

    result = app.test_cli_runner().invoke(args=["workdays", "import", str(tmp_path / "days.csv")])

    assert result.output == "已登记 11 天\n"
    assert len(list_days(session, NEXT)) == 11

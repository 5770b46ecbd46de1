import io
import json
from datetime import timedelta
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from pairing.accounts.rules import Role
from pairing.audit.models import AuditEntry
from pairing.audit.services import record
from pairing.subject_requests.models import RequestKind, SubjectRequest
from pairing.visits.models import VisitStatus
from pairing.workbooks.reading import read_workbook
from tests.support.makers import (
    MONDAY,
    NOW,
    make_company_user,
    make_household,
    make_pairing,
    make_report,
    make_staff,
    make_user,
    make_visit,
    make_volunteer_user,
)

OTHERS = ("亓官雪梅", "观象二路", "走访所见", "亓官")


@pytest.fixture
def helper(session):
    """Make a volunteer who visits a household; return account and row."""
    user, volunteer = make_volunteer_user(name="雒青川", note="=1+1")
    pairing = make_pairing(make_household("亓官雪梅", address="观象二路77号"), volunteer)
    visit = make_visit(pairing, status=VisitStatus.DONE, planned_on=MONDAY - timedelta(days=3))
    make_report(visit, user, note="走访所见", minutes=45)
    return user, volunteer


def download(reader, kept_as):
    page = reader.get("/my-data")
    form = page.form("form[action='/my-data/copy']")
    data = {"csrf_token": form.find("input", {"name": "csrf_token"})["value"], "format": kept_as}
    return reader.fetch("POST", "/my-data/copy", data=data)


def test_the_page_shows_what_is_kept_with_numbers_masked(new_reader, helper):
    user, volunteer = helper

    page = new_reader(user).get("/my-data")

    assert {"雒青川", user.sign_in_name, user.email, "45", "陪伴聊天"} <= set(page.words("td, dd"))
    assert volunteer.identity_number not in page.text
    assert not [word for word in OTHERS if word in page.text]


def test_the_copy_has_the_whole_number_and_nothing_of_anybody_else(new_reader, helper):
    user, volunteer = helper

    answer = download(new_reader(user), "json")

    copy = json.loads(answer.data)
    said = {line["项目"]: line["内容"] for line in copy["志愿者登记"]}
    assert (said["身份证号"], said["备注"]) == (volunteer.identity_number, "=1+1")
    assert copy["走访"][0]["分钟"] == 45
    assert not [word for word in OTHERS if word in answer.get_data(as_text=True)]


def test_the_workbook_has_a_sheet_for_each_part_and_no_live_cell(new_reader, helper):
    answer = download(new_reader(helper[0]), "xlsx")

    names = {sheet.name for sheet in read_workbook(answer.data)}
    assert {"志愿者登记", "走访", "账号"} <= names
    with ZipFile(io.BytesIO(answer.data)) as book:
        written = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert "&#39;=1+1" in written or "'=1+1" in written
    assert "<f>" not in written
    assert answer.headers["Content-Disposition"] == 'attachment; filename="personal-information.xlsx"'


def test_taking_a_copy_stands_in_the_trail(new_reader, session, helper):
    download(new_reader(helper[0]), "json")

    told = session.scalars(select(AuditEntry).where(AuditEntry.action == "export_own_copy")).one()
    assert (told.subject_id, told.detail["how"]) == (str(helper[1].id), "json")


def test_the_person_learns_when_somebody_looked(new_reader, session, helper):
    record(session, make_staff(), "reveal_volunteer", helper[1], NOW)

    page = new_reader(helper[0]).get("/my-data")

    assert "查看志愿者电话" in page.words("td, dd")


def test_a_request_is_made_once_and_its_day_is_said(new_reader, session, helper):
    page = new_reader(helper[0]).get("/my-data")

    after = page.submit({"kind": "delete"}, form="form[action='/my-data/requests']")

    asked = session.scalars(select(SubjectRequest)).one()
    assert (asked.kind, asked.asked_by_id) == (RequestKind.DELETE, helper[0].id)
    assert asked.due_on.isoformat() in after.text


def test_a_correction_says_what_is_wrong(new_reader, session, helper):
    page = new_reader(helper[0]).get("/my-data")

    again = page.submit({"kind": "correct"}, form="form[action='/my-data/requests']", status=422)

    assert "请写明哪一项不对" in again.text
    assert session.scalars(select(SubjectRequest)).all() == []


@pytest.mark.parametrize(
    "make", [lambda: make_company_user()[0], make_staff, lambda: make_user(Role.AUDITOR)]
)
def test_everybody_who_signs_in_has_the_page(new_reader, session, make):
    user = make()

    page = new_reader(user).get("/my-data")

    assert user.sign_in_name in page.words("td, dd")


def test_a_copy_in_no_known_format_is_not_made(new_reader, session, helper):
    assert download(new_reader(helper[0]), "pdf").status_code == 422
    assert io.BytesIO(download(new_reader(helper[0]), "xlsx").data).read(2) == b"PK"

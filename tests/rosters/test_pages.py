"""The import in a browser's eyes: upload, preview, confirm, refused rows, and files that are none."""

import io
from datetime import UTC, datetime

import pytest
import xlsxwriter
from sqlalchemy import func, select

from pairing.accounts.rules import Role
from pairing.households.models import Household
from pairing.rosters import services
from pairing.rosters.models import RosterImport, RosterKind
from pairing.workbooks.reading import read_workbook
from tests.rosters.books import HOUSEHOLDS, book
from tests.support.makers.numbers import identity_number
from tests.support.makers.people import make_user
from tests.workbooks.building import raw

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
HOME = "370202002012"


def roster(*extra):
    good = ("台西", "王秀英", identity_number(), "低保", 1, "=1+1")
    return book(HOUSEHOLDS, good, ("台西", "李桂兰", identity_number(), "不详", 1, ""), *extra)


def send(reader, data, status, **options):
    page = reader.get("/rosters")
    token = page.soup.select_one("input[name=csrf_token]")["value"]
    key = page.soup.select_one("input[name=request_key]")["value"]
    form = {
        "csrf_token": token,
        "request_key": key,
        "kind": options.get("kind", "households"),
        "area_code": HOME,
        "file": (io.BytesIO(data), options.get("name", "名册.xlsx")),
    }
    return reader.post("/rosters", form, status)


@pytest.fixture
def worker(new_reader):
    return new_reader(make_user(Role.COMMUNITY_WORKER, HOME))


def count(session):
    return session.scalar(select(func.count()).select_from(Household))


def test_nothing_is_written_before_the_confirmation(worker, session):
    page = send(worker, roster(), 303)

    assert "可导入" in page.text
    assert "未通过" in page.text
    assert count(session) == 0


def test_the_good_rows_are_registered_and_the_refused_come_back(worker, session):
    send(worker, roster(), 303)
    row = session.scalars(select(RosterImport)).one()

    page = worker.post(f"/rosters/{row.id}/confirm", token_of(worker, row), 303)

    assert "已导入 1 行" in page.text
    household = session.scalars(select(Household)).one()
    assert (household.head_name, household.note) == ("王秀英", "=1+1")
    refused = read_workbook(worker.download(f"/rosters/{row.id}/refused.xlsx").data)[0]
    assert refused.rows[1][1] == "李桂兰"
    assert "不详" in str(refused.rows[1][-2])


def token_of(reader, row):
    page = reader.get(f"/rosters/{row.id}")
    return {"csrf_token": page.soup.select_one("input[name=csrf_token]")["value"]}


def test_a_second_confirmation_is_refused(worker, session):
    send(worker, roster(), 303)
    row = session.scalars(select(RosterImport)).one()
    token = token_of(worker, row)
    worker.post(f"/rosters/{row.id}/confirm", token, 303)

    page = worker.post(f"/rosters/{row.id}/confirm", token, 409)

    assert "已处理过" in page.text
    assert count(session) == 1


def test_an_import_put_aside_keeps_no_file(worker, session):
    send(worker, roster(), 303)
    row = session.scalars(select(RosterImport)).one()

    worker.post(f"/rosters/{row.id}/discard", token_of(worker, row), 303)

    session.refresh(row)
    assert row.content is None
    assert count(session) == 0


def test_an_import_of_another_community_is_not_found(worker, new_reader, session):
    send(worker, roster(), 303)
    row = session.scalars(select(RosterImport)).one()
    stranger = new_reader(make_user(Role.COMMUNITY_WORKER, "370202001001"))

    stranger.get(f"/rosters/{row.id}", 404)


def without_header():
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as workbook:
        workbook.add_worksheet().write(0, 0, "随便写的")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"name,id\n1,2\n", ".xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(2048), "密码"),
        (without_header(), "表头"),
        (raw(("<row>" + "<c><v>1</v></c>" * 100 + "</row>") * 10_000), "单元格"),
    ],
)
def test_a_file_that_is_no_roster_says_so_at_its_field(worker, session, data, words):
    page = send(worker, data, 422)

    assert words in page.soup.select_one("#file-error").text
    assert count(session) == 0
    assert session.scalar(select(func.count()).select_from(RosterImport)) == 0


@pytest.mark.parametrize("kind", list(RosterKind))
def test_an_empty_roster_can_be_read_back(worker, session, kind):
    data = worker.download(f"/rosters/blank/{kind.value}.xlsx").data

    row = services.start_import(session, kind, "blank.xlsx", data, HOME, None, NOW)

    assert row.outcome["accepted"] == 0
    assert row.outcome["rejected"] == []

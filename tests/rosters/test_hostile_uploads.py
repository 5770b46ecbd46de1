"""Hostile workbooks through the upload itself: each is answered by a page in words, none writes a row."""

import io

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from pairing.accounts.rules import Role
from pairing.audit.models import AuditEntry
from pairing.files.services import scanning
from pairing.households.models import Household
from pairing.rosters.models import RosterImport
from tests.support.clamd import EICAR, scanner
from tests.support.forms import fill
from tests.support.makers import HOME, make_user
from tests.support.pages import Page
from tests.workbooks.building import book
from tests.workbooks.hostile_books import BOOKS
from tests.workbooks.mutations import spoilt

SAMPLE = [spoilt(number) for number in range(10_000, 10_020)]
NAMES = (
    "../../x.xlsx",
    "a\u202exslx.exe",
    "x" * 5000 + ".xlsx",
    "=cmd|'/c calc'!A0.xlsx",
    "<script>.xlsx",
    ".xlsx",
)


@pytest.fixture(params=["sqlite"])
def engine_name(request):
    """Stay on one engine: what is refused here has not come to the database."""
    return request.param


@pytest.fixture
def send(new_reader):
    """Return a function that sends a workbook as somebody who has sent nothing yet, and gives the answer."""

    def sent(data, name="名册.xlsx", kind="households"):
        reader = new_reader(make_user(Role.COMMUNITY_WORKER, HOME))
        values = {"kind": kind, "area_code": HOME, "file": FileStorage(io.BytesIO(data), name)}
        form = reader.get("/rosters").form("main form[enctype]")
        boundary, body = encode_multipart(fill(form, values))
        kind_of_body = f"multipart/form-data; boundary={boundary}"
        return Page(reader, reader.fetch("POST", "/rosters", data=body, content_type=kind_of_body))

    return sent


def written(session):
    """Count what an upload must not write."""
    return [session.scalar(select(func.count()).select_from(model)) for model in (Household, RosterImport)]


@pytest.mark.parametrize("name", [name for name in BOOKS if len(BOOKS[name][0]) < 8 * 2**20])
def test_a_hostile_workbook_is_answered_at_its_field(send, session, name):
    page = send(BOOKS[name][0]).check(422)

    assert "请" in page.words("#file-error")[0] or "表头" in page.words("#file-error")[0]
    assert written(session) == [0, 0]


def test_a_file_beyond_the_limit_has_a_page_in_words(send, session):
    page = send(bytes(9 * 2**20)).check(413)

    assert "8 MB" in page.text
    assert written(session) == [0, 0]


@pytest.mark.parametrize(("kind", "data"), SAMPLE)
def test_a_spoilt_register_writes_nothing(send, session, kind, data):
    answer = send(data, kind=kind).answer

    assert answer.status_code in (303, 422)
    assert written(session)[0] == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_a_name(send, session, name):
    assert "表头" in send(book([["随便"]]), name).check(422).text
    assert written(session) == [0, 0]


def test_an_infected_workbook_is_stopped_and_told_to_the_trail(send, session, monkeypatch):
    with scanner() as address:
        monkeypatch.setattr(scanning, "_address", address)
        page = send(book([["随便"]]) + EICAR).check(422)

    told = session.scalars(select(AuditEntry).where(AuditEntry.action == "refused")).one()
    assert "病毒" in page.text
    assert told.detail == {"reason": "infected"}
    assert written(session) == [0, 0]

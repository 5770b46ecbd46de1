"""Whatever stands in the registers, no cell that leaves the house acts: not in any list, roster or format."""

import pytest
from sqlalchemy import Enum, String, inspect
from sqlalchemy.orm import object_session
from sqlalchemy.types import TypeDecorator

from pairing.accounts.rules import Role, may
from pairing.areas.models import Area
from pairing.audit.services import record
from pairing.exports import services
from pairing.exports.queries import KINDS, list_kinds
from pairing.exports.rules import ExportFormat
from pairing.privacy.sealed import Sealed
from pairing.rosters.models import RosterKind
from pairing.rosters.services.imports import reread, start_import
from pairing.rosters.services.sheets import COLUMNS, blank_roster, refused_rows
from pairing.workbooks.inert import inert
from tests.rosters.books import book
from tests.support import makers
from tests.support.cells import live_cells, texts
from tests.support.makers import DISTRICT, HOME, NOW

STARTERS = "=+-@\t\r＝＋－＠"
SHAPES = (
    "{}cmd|'/c calc'!A0",
    "{}1+1",
    " {}1+1",
    "\u3000{}1",
    "\n{}1",
    "{0}{0}1",
    '{}HYPERLINK("http://x")',
    "'{}1",
    '"{}1',
)
TEXTS = [shape.format(starter) for starter in STARTERS for shape in SHAPES]
CANARY = "=cmd|'/c calc'!A0"
SHAPED = {
    "file_no",
    "phone",
    "contact_phone",
    "identity_number",
    "uscc",
    "area_code",
}  # read by values, never free
RIGHTS = (Role.DISTRICT_ADMIN, Role.AUDITOR)


@pytest.fixture(params=["sqlite"])
def engine_name(request):
    """Stay on one engine: both give the same texts to the same writers."""
    return request.param


def poison(row, text):
    """Put *text* into every free text of a row, whatever a form would say to it."""
    for attribute in inspect(type(row)).column_attrs:
        column = attribute.columns[0]
        if attribute.key not in SHAPED and _is_text(column):
            setattr(row, attribute.key, text[: getattr(column.type, "length", None) or 2000])
    object_session(row).flush()


def _is_text(column):
    kind = column.type
    if column.foreign_keys or column.unique or isinstance(kind, Enum):
        return False
    return isinstance(kind, String | Sealed) and not (
        isinstance(kind, TypeDecorator) and not isinstance(kind, Sealed)
    )


def poisoned(session):
    """Fill every register with every hostile text."""
    for text in TEXTS:
        household, volunteer, company = (
            makers.make_household(),
            makers.make_volunteer(),
            makers.make_enterprise(),
        )
        member, need, pledge = (
            makers.make_member(household),
            makers.make_need(household),
            makers.make_pledge(company),
        )
        for row in (household, member, need, volunteer, company, pledge):
            poison(row, text)
    session.get_one(Area, HOME).name = CANARY
    worker = makers.make_staff(HOME)
    worker.display_name = CANARY
    record(session, worker, "close_household", household, NOW)
    session.flush()


def lists_of(session):
    """Yield every list that somebody may export, masked and in full, in every format."""
    for role in RIGHTS:
        owner = makers.make_user(role, DISTRICT)
        for kind in list_kinds(owner):
            rows = list(session.scalars(kind.find(owner, {}, "")))
            for is_full in {False, kind.may_be_full(owner)}:
                for form in ExportFormat:
                    yield kind.code, services.write_list(session, kind, owner, rows, is_full, form)


def test_no_list_that_can_be_exported_has_a_live_cell(session):
    poisoned(session)
    files = list(lists_of(session))

    found = {code: live for code, data in files if (live := live_cells(data))}
    assert found == {}
    assert {code for code, _data in files} == set(KINDS)


def test_the_hostile_texts_do_stand_in_the_lists(session):
    poisoned(session)
    said = {text for code, data in lists_of(session) if code == "households" for text in texts(data)}

    assert inert(CANARY) in said
    assert inert("＝1+1") in said


@pytest.mark.parametrize("kind", list(RosterKind))
def test_no_refused_row_has_a_live_cell(session, kind):
    columns = [*COLUMNS[kind][0], *COLUMNS[kind][1]]
    data = book(columns, *([text] * len(columns) for text in TEXTS))
    row = start_import(session, kind, "=x.xlsx", data, HOME, makers.make_staff(HOME), NOW)

    refused = refused_rows(kind, reread(session, row, NOW))

    assert live_cells(refused) == []
    assert inert(CANARY) in texts(refused)


@pytest.mark.parametrize("kind", list(RosterKind))
def test_no_blank_roster_has_a_live_cell(kind):
    data = blank_roster(kind, [CANARY, "台西社区"])

    assert live_cells(data) == []


@pytest.mark.parametrize("role", RIGHTS)
def test_no_address_gives_a_file_with_a_live_cell(app, session, new_reader, role):
    poisoned(session)
    user = makers.make_user(role, DISTRICT)
    reader = new_reader(user)
    table = app.extensions["pairing_access"]
    paths = [rule.rule for rule in app.url_map.iter_rules() if _is_open(rule, table, role)]

    answers = {path: reader.fetch("GET", path) for path in paths}

    files = {path: answer.data for path, answer in answers.items() if _is_file(answer)}
    assert {path: live for path, data in files.items() if (live := live_cells(data))} == {}


def _is_open(rule, table, role):
    if "GET" not in rule.methods or rule.arguments or rule.endpoint == "static":
        return False
    permission = table[rule.endpoint].permission
    return permission is None or may(role, permission)


def _is_file(answer):
    return "attachment" in answer.headers.get("Content-Disposition", "")


@pytest.mark.parametrize("text", ["=1", " +1", "\t@x", "－1", "-1x"])
def test_the_check_itself_sees_a_live_cell(text):
    table = f'"a","{text}"\r\n'.encode("utf-8-sig")

    assert live_cells(table) == [text]
    assert live_cells('"-1.5","\'=1"\r\n'.encode("utf-8-sig")) == []

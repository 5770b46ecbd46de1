"""More than one may: rights, areas and states that a form does not offer are not taken from it either."""

from io import BytesIO

import pytest
from sqlalchemy import func, select

from pairing.accounts.models import AccountStatus
from pairing.accounts.queries import find_user
from pairing.accounts.rules import Role
from pairing.rosters.models import RosterImport, RosterKind
from pairing.rosters.services.sheets import blank_roster
from tests.support import makers
from tests.support.forms import fill
from tests.support.signing_in import code_now, type_code

LONG = "a sentence that is long enough"
STAFF = {"display_name": "周敏", "sign_in_name": "zhoumin"}
BEYOND = [
    ("district_admin", "3702"),
    ("district_admin", "370203"),
    ("auditor", "3702"),
    ("community_worker", makers.OUTSIDE),
    ("community_worker", makers.DISTRICT),
    ("volunteer", makers.HOME),
    ("company", makers.DISTRICT),
]


def sent(reader, page, form, **values):
    """Send a form with values that it does not offer; return the status."""
    data = fill(reader.get(page).form(form), {}) | values
    path = reader.get(page).form(form).get("action") or page
    return reader.fetch("POST", path, data=data).status_code


@pytest.mark.parametrize(("role", "scope"), BEYOND)
def test_nobody_makes_an_account_beyond_the_own_rights(reader, session, role, scope):
    reader.sign_in(makers.make_staff(makers.DISTRICT))

    given = STAFF | {"role": role, "scope_code": scope}
    assert sent(reader, "/accounts/new", "main form", **given) == 422
    assert find_user(session, "zhoumin") is None


@pytest.mark.parametrize("shown", [" ", "\u200b", "\u3000"])
def test_nobody_is_called_nothing(reader, session, shown):
    reader.sign_in(makers.make_staff(makers.DISTRICT))

    given = STAFF | {"display_name": shown, "role": "community_worker", "scope_code": makers.HOME}
    assert sent(reader, "/accounts/new", "main form", **given) == 422


APPLICANT = {
    "sign_in_name": "newcomer",
    "password": LONG,
    "password_again": LONG,
    "name": "许一",
    "phone": "10000000001",
    "area_code": makers.HOME,
    "half_days": ["0"],
    "consent": "y",
}


def apply(reader, **values):
    number = {"identity_number": makers.identity_number()}
    return sent(reader, "/volunteers/registration", "main form", **APPLICANT | number | values)


def test_who_registers_alone_chooses_neither_role_nor_state(reader, session):
    chosen = {"role": "district_admin", "status": "active", "scope_code": makers.DISTRICT, "user_id": "1"}
    assert apply(reader, **chosen) == 303

    user = find_user(session, "newcomer")
    assert (user.role, user.status, user.scope_code) == (Role.VOLUNTEER, AccountStatus.PENDING, makers.HOME)


@pytest.mark.parametrize("name", ["new\u200bcomer", "newcomer\u202e", "new\0comer", "new comer"])
def test_no_name_looks_like_another(reader, name):
    assert apply(reader, sign_in_name=name) in (400, 422)


@pytest.mark.parametrize("email", ["a@b.cn\n", "a@b.cn\r\nBcc: x@y.cn", "a\u200b@b.cn"])
def test_no_address_carries_a_line_end(reader, email):
    assert apply(reader, email=email) == 422


@pytest.mark.parametrize("area", [makers.NEARBY, makers.STREET, makers.DISTRICT, makers.OUTSIDE, ""])
def test_no_roster_goes_into_another_area(reader, session, area):
    reader.sign_in(makers.make_staff(makers.HOME))
    book = blank_roster(RosterKind.VOLUNTEERS, ["台西社区"])

    given = {"kind": "volunteers", "area_code": area, "file": (BytesIO(book), "名册.xlsx")}
    assert sent(reader, "/rosters", "main form[enctype]", **given) == 422
    assert session.scalar(select(func.count()).select_from(RosterImport)) == 0


@pytest.mark.parametrize("name", ["<script>alert(1).xlsx", "=cmd|x.xlsx", "../../x.xlsx", "x" * 3000])
def test_the_name_of_a_file_is_only_a_name(reader, session, name):
    reader.sign_in(makers.make_staff(makers.HOME))
    book = blank_roster(RosterKind.VOLUNTEERS, ["台西社区"])

    given = {"kind": "volunteers", "area_code": makers.HOME, "file": (BytesIO(book), name)}
    assert sent(reader, "/rosters", "main form[enctype]", **given) == 303
    assert "<script>alert" not in reader.get("/rosters").answer.text


def test_what_was_searched_for_goes_with_who_searched(reader):
    first, second = makers.make_staff(makers.HOME), makers.make_staff(makers.HOME)
    page = reader.sign_in(first).get("/households").submit({"term": "亓官雪"}, form="form[action*=search]")
    assert "亓官雪" in page.answer.text

    door = page.submit({}, form="form[action*=sign-out]")
    given = {"sign_in_name": second.sign_in_name, "password": makers.PASSWORD}
    type_code(door.submit(given, form="main form"), code_now())

    assert "亓官雪" not in reader.get("/households").answer.text

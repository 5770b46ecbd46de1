"""Nobody learns by words, status or time whether a name, an identity number or a company is known."""

from statistics import median
from time import perf_counter

import pytest
from sqlalchemy import event

from pairing.accounts import services
from pairing.accounts.models import SignInFailure
from pairing.accounts.rules import LOCK_AFTER, Role
from pairing.accounts.services import passwords
from pairing.db import db
from tests.support.makers import NOW, make_enterprise, make_user, make_volunteer_user, uscc
from tests.support.makers import identity_number as fresh_identity
from tests.support.signing_in import SIGN_IN

LONG = "a sentence that is long enough"
ROUNDS = 7
TIMES = 3  # how much slower one of two like paths may seem on a busy machine


@pytest.fixture
def work(session, monkeypatch):
    """Count what takes time: passwords that are hashed and statements that are sent."""
    counted = {"hashes": 0, "statements": []}
    monkeypatch.setattr(passwords, "hasher", _Counting(passwords.hasher, counted))
    note = lambda *args: counted["statements"].append(args[2].split()[0])  # noqa: E731
    connection = db.session.connection()
    event.listen(connection, "before_cursor_execute", note)
    yield counted
    event.remove(connection, "before_cursor_execute", note)


class _Counting:
    def __init__(self, real, counted):
        self._real, self._counted = real, counted

    def __getattr__(self, name):
        if name in ("hash", "verify"):
            self._counted["hashes"] += 1
        return getattr(self._real, name)


def work_of(session, work, name):
    """Return what a wrong password under *name* costs."""
    work["hashes"] = 0
    work["statements"].clear()
    proof = services.prove_password(session, name, "not this one, whoever it is")
    assert services.sign_in(session, name, proof, NOW) is None
    session.flush()
    return work["hashes"], list(work["statements"])


def test_a_known_and_an_unknown_name_cost_the_same(session, work):
    known, closed = make_user().sign_in_name, make_user(password_hash=None).sign_in_name
    passwords._nobody()

    costs = [work_of(session, work, name) for name in (known, "nobody-of-that-name", closed)]

    assert costs[0][0] == 1
    assert costs == [costs[0]] * 3


def test_a_known_and_an_unknown_name_take_as_long(session):
    known = make_user().sign_in_name
    passwords._nobody()

    fast, slow = sorted(median(_times(session, name)) for name in (known, "nobody-of-that-name"))

    assert slow < TIMES * fast


def _times(session, name):
    for _ in range(ROUNDS):
        start = perf_counter()
        services.prove_password(session, name, "not this one, whoever it is")
        yield perf_counter() - start


def test_known_and_unknown_names_read_the_same_and_lock_the_same(reader, session):
    said = {name: list(_answers(reader, name)) for name in (make_user().sign_in_name, "nobody-of-that-name")}

    first, second = said.values()
    assert first == second
    assert {status for status, _words in first} == {422}
    assert session.query(SignInFailure).filter(SignInFailure.locked_until.is_not(None)).count() == 2


def _answers(reader, name):
    for _ in range(LOCK_AFTER + 1):
        given = {"sign_in_name": name, "password": "wrong"}
        page = reader.get(SIGN_IN).submit(given, form="main form", status=422)
        yield page.answer.status_code, page.text.replace(name, "")


VOLUNTEER = {
    "name": "许一",
    "phone": "10000000001",
    "area_code": "370202002012",
    "half_days": ["0"],
    "consent": "y",
    "password": LONG,
    "password_again": LONG,
}
COMPANY = {
    "name": "示例公司",
    "contact_name": "许一",
    "contact_phone": "10000000001",
    "area_code": "370202",
    "consent": "y",
    "password": LONG,
    "password_again": LONG,
}


def registered(reader, work, where, given):
    """Register and return what the applicant sees, and how often a password was hashed."""
    work["hashes"] = 0
    page = reader.get(f"/{where}/registration").submit(given)
    return page.path, page.text, work["hashes"]


def test_a_registration_does_not_tell_a_known_person_or_name(new_reader, work):
    user, known = make_volunteer_user()
    tries = [
        {"identity_number": fresh_identity(), "sign_in_name": "fresh-one"},
        {"identity_number": fresh_identity(), "sign_in_name": user.sign_in_name},
        {"identity_number": known.identity_number, "sign_in_name": "fresh-two"},
        {"identity_number": known.identity_number, "sign_in_name": user.sign_in_name},
    ]

    seen = [registered(new_reader(), work, "volunteers", VOLUNTEER | one) for one in tries]

    assert seen == [seen[0]] * 4
    assert seen[0][2] == 1


def test_a_registration_does_not_tell_a_known_company(new_reader, work):
    user = make_user(Role.COMPANY)
    known = make_enterprise(user_id=user.id)
    tries = [
        {"uscc": uscc(), "sign_in_name": "fresh-one"},
        {"uscc": uscc(), "sign_in_name": user.sign_in_name},
        {"uscc": known.uscc, "sign_in_name": "fresh-two"},
    ]

    seen = [registered(new_reader(), work, "enterprises", COMPANY | one) for one in tries]

    assert seen == [seen[0]] * 3

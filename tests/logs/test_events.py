"""Every event of the inventory is said somewhere; deeds that matter are heard in the log."""

import json
import re
from pathlib import Path

import pytest

from pairing import logs
from pairing.accounts.services import signing_in
from pairing.audit.services import record
from pairing.files.rules.refusals import FileRefused
from pairing.files.services import refuse_infected, scanning
from tests.support.clamd import EICAR, scanner
from tests.support.makers import HOME, NOW, make_household, make_staff

PACKAGE = Path(logs.__file__).parents[1]


@pytest.fixture
def heard(capsys, session):
    """Log as in service; gives a function that returns the named events with their fields."""
    logs.configure(is_plain=False)
    capsys.readouterr()
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    logs.configure(is_plain=True)


def test_every_event_of_the_inventory_is_said_somewhere():
    files = (path for path in PACKAGE.rglob("*.py") if path.name != "inventory.py")
    said = {name for path in files for name in re.findall(r"\"([a-z_]+)\"", path.read_text("utf-8"))}

    assert logs.EVENTS.keys() - said == set()


def test_a_wrong_password_and_a_pause_are_heard(session, heard):
    user = make_staff(HOME)

    for _ in range(6):
        signing_in.sign_in(session, user.sign_in_name, None, NOW)

    assert [(line["event"], line["person_id"]) for line in heard()] == [
        *[("sign_in_failed", user.id)] * 5,
        ("sign_in_locked", user.id),
    ]


def test_what_is_shown_for_a_reason_is_heard(session, heard):
    household = make_household("单天方")

    record(session, make_staff(HOME), "reveal_household", household, NOW, {"reason": "visit"})

    line = heard()[0]
    assert (line["event"], line["subject_id"], line["reason"]) == ("reveal", str(household.id), "visit")


def test_a_list_that_goes_out_is_heard(session, heard):
    detail = {"kind": "households", "full": True, "rows": 3}

    record(session, make_staff(HOME), "export_fetch", make_household(), NOW, detail)

    line = heard()[0]
    assert (line["step"], line["kind"], line["is_full"], line["rows"]) == ("fetch", "households", True, 3)


@pytest.mark.usefixtures("heard")
def test_letting_a_restored_database_send_is_heard(app):
    ran = app.test_cli_runner().invoke(args=["outbox", "release", "--yes"], catch_exceptions=False)

    lines = [json.loads(line) for line in ran.output.splitlines() if line.startswith("{")]
    assert [(line["event"], line["level"]) for line in lines] == [("outbox_released", "warning")]


@pytest.mark.parametrize(("say", "reason"), [(None, "infected"), (b"?\0", "no_scanner")])
def test_a_file_that_the_scanner_refuses_is_heard(heard, monkeypatch, say, reason):
    with scanner(say) as address:
        monkeypatch.setattr(scanning, "_address", address)
        with pytest.raises(FileRefused):
            refuse_infected(EICAR)

    assert [(line["event"], line["reason"]) for line in heard()] == [("scan_refused", reason)]

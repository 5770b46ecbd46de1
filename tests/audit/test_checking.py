"""The walk along the chain by command and by the nightly job: who is told, what is remembered."""

from dataclasses import replace
from pathlib import Path

import pytest

from pairing.accounts.rules import Role
from pairing.audit.models import AuditEntry
from pairing.audit.services import Witness, record
from pairing.db import db, transaction
from pairing.outbox.models import Message
from pairing.scheduler.trail import TrailBroken, check_trail
from tests.audit.trail import broken, tamper
from tests.support.makers import HOME, NOW, make_household, make_staff, make_user


@pytest.fixture
def settings(app, tmp_path):
    """Give settings with a witness, as in service."""
    before = app.config["PAIRING"]
    app.config["PAIRING"] = replace(before, audit_witness=str(tmp_path / "heads.txt"))
    yield app.config["PAIRING"]
    app.config["PAIRING"] = before


@pytest.fixture
def chained(session):
    """Give a session with some deeds."""
    for _number in range(2):
        with transaction():
            record(session, make_staff(HOME), "update_household", make_household(), NOW)
    return session


def settings_path(settings):
    return Path(settings.audit_witness)


def forge(session):
    tamper(session, "update audit_entry set actor_name = '别人' where id = (select max(id) from audit_entry)")


def test_the_command_says_that_the_chain_is_whole_and_remembers_its_end(app, chained, settings):
    result = app.test_cli_runner().invoke(args=["audit", "verify"])

    assert result.exit_code == 0
    assert "审计链完好" in result.output
    assert Witness(settings_path(settings)).last().number == 3


def test_the_command_ends_with_one_and_names_the_place(app, chained, settings):
    forge(chained)

    result = app.test_cli_runner().invoke(args=["audit", "verify"])

    assert result.exit_code == 1
    assert "第 3 环" in result.output
    assert not settings_path(settings).exists()


def test_the_command_sees_a_cut_tail_by_its_witness(app, chained, settings):
    app.test_cli_runner().invoke(args=["audit", "verify"])
    tamper(chained, "delete from audit_entry where batch in (select batch from audit_link where number = 3)")
    tamper(chained, "delete from audit_link where number = 3")

    result = app.test_cli_runner().invoke(args=["audit", "verify"])

    assert (result.exit_code, "链尾被截去" in result.output) == (1, True)


def test_a_walk_since_a_day_is_possible(app, chained):
    result = app.test_cli_runner().invoke(args=["audit", "verify", "--since", "2020-01-01"])

    assert (result.exit_code, "审计链完好" in result.output) == (0, True)


def test_the_job_remembers_a_whole_chain_and_tells_nobody(chained, settings):
    make_user(Role.AUDITOR, "370202")
    chained.commit()

    check_trail(settings)

    assert Witness(settings_path(settings)).last().number >= 3
    assert chained.query(Message).count() == 0


def test_the_job_tells_auditors_and_admins_once_a_day_and_fails(chained, settings):
    auditor, admin = make_user(Role.AUDITOR, "370202"), make_staff("370202")
    make_staff(HOME)
    chained.commit()
    forge(chained)

    for _night in range(2):
        with pytest.raises(TrailBroken, match="第 4 环"):
            check_trail(settings)

    told = chained.query(Message).filter_by(channel="inbox")
    assert sorted(message.user_id for message in told) == sorted([auditor.id, admin.id])
    assert db.session.query(Message).first().link == "/trail"


def test_what_the_guard_refuses_stands_in_the_trail(session, new_reader):
    household = make_household(area_code="370202002008")
    stranger = make_staff(HOME)

    new_reader(stranger).get(f"/households/{household.id}", 404)
    new_reader(stranger).get("/trail", 404)

    told = session.query(AuditEntry).filter_by(kind="refusal", actor_id=stranger.id).order_by(AuditEntry.id)
    assert [(entry.subject_id, entry.detail["reason"]) for entry in told] == [
        ("households.show_household", "scope"),
        ("insight.list_trail", "permission"),
    ]


def test_what_a_worker_wrote_is_sealed_though_the_worker_may_not_read_the_trail(session, new_reader):
    household = make_household()

    new_reader(make_staff(HOME)).get(f"/households/{household.id}")

    assert session.query(AuditEntry).filter_by(kind="read").count() == 1
    assert broken(session) == ""

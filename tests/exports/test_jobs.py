"""An export is asked for, built once under the rights of its owner, and gone after a week."""

import base64
import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select, text

from pairing.accounts.models import AccountStatus
from pairing.accounts.rules import STAFF, Role
from pairing.audit.models import AuditEntry
from pairing.audit.services import record
from pairing.errors import NotFound, RuleBroken
from pairing.exports import services
from pairing.exports.models import ExportStatus
from pairing.exports.queries import KINDS, get_own_export
from pairing.exports.rules import ATTEMPTS, KEEP, LEASE, ExportFormat, ExportReason
from pairing.outbox.models import Message
from tests.support.makers import HOME, NEARBY, NOW, make_household, make_staff, make_user, make_volunteer

FULL = {"is_full": True, "reason": ExportReason.DELIVERY, "note": "重阳节逐户送慰问品时使用"}


def cells(export):
    """Return the rows of the workbook below its head."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(base64.b64decode(export.content)))
    return book.get_sheet_by_index(0).to_python()[2:]


def actions(session):
    """Return what the trail says of exports, in order."""
    found = select(AuditEntry.action).where(AuditEntry.action.startswith("export_")).order_by(AuditEntry.id)
    return list(session.scalars(found))


def test_a_list_is_built_masked_and_its_owner_is_told(session, worker, ask, build):
    make_household("单天方", file_no="370202002-2026-000009", address="台西三路6号")
    ask(worker)

    export = build()

    assert (export.status, export.row_count) == (ExportStatus.READY, 1)
    assert cells(export)[0][:5] == [
        "370202002-2026-000009",
        "台西社区",
        "单**",
        cells(export)[0][3],
        "**路**号",
    ]
    message = session.scalars(select(Message).where(Message.user_id == worker.id)).one()
    assert "天方" not in message.subject + message.body
    assert actions(session) == ["export_request", "export_run"]


def test_the_list_in_full_says_names_telephones_and_addresses(worker, ask, build):
    make_household("单天方", phone="+8610000000009", address="台西三路6号")
    ask(worker, **FULL)

    row = cells(build())[0]

    assert row[2:5] == ["单天方", "100 0000 0009", "台西三路6号"]


@pytest.mark.parametrize("spoilt", [{"reason": ExportReason.WORK}, {"note": "送东西"}, {"note": " " * 30}])
def test_personal_data_want_a_strong_reason_and_a_sentence(worker, ask, spoilt):
    with pytest.raises(RuleBroken, match="用途"):
        ask(worker, **FULL | spoilt)


def test_nothing_of_another_place_is_in_it_whatever_is_asked_for(worker, ask, build):
    make_household("单天方")
    make_household("别家人", area_code=NEARBY)

    ask(worker, filters={"area": NEARBY})
    assert build().row_count == 0
    ask(worker, filters={"area": ""})
    assert build().row_count == 1


@pytest.mark.parametrize(
    "change",
    [
        {"status": AccountStatus.DISABLED},
        {"scope_code": NEARBY},
        {"role": Role.VOLUNTEER},
    ],
)
def test_whoever_lost_the_right_since_gets_nothing(session, worker, ask, build, change):
    make_household("单天方")
    ask(worker)
    for name, value in change.items():
        setattr(worker, name, value)
    session.flush()

    export = build()

    assert (export.status, export.failure, export.content) == (ExportStatus.FAILED, "not_permitted", None)


def test_too_long_a_list_is_refused_with_what_to_do(worker, ask):
    for _ in range(3):
        make_household()

    with pytest.raises(RuleBroken, match="共 3 行,每次最多导出 2 行。请按区域"):
        ask(worker, most=2)


def test_a_list_that_grew_too_long_meanwhile_is_not_built(worker, ask, build):
    make_household()
    ask(worker, most=1)
    make_household()

    export = build(most=1)

    assert (export.failure, export.content) == ("too_many_rows", None)


def test_what_was_looked_for_is_sealed_and_forgotten_afterwards(session, worker, ask, build):
    make_household("单天方")
    export = ask(worker, term="单天方", filters={"category": "单天方", "sort": "name", "status": ""})
    raw = session.execute(text("select term, note, filters from export")).one()

    assert export.filters == {"sort": "name", "status": ""}
    assert "单天方".encode() not in bytes(raw.term)
    assert build().term is None


def test_the_file_lies_sealed(session, worker, ask, build):
    make_household("单天方")
    ask(worker, format=ExportFormat.CSV, **FULL)
    export = build()

    raw = bytes(session.execute(text("select content from export")).scalar_one())

    assert base64.b64decode(export.content).startswith("\ufeff".encode())
    assert "单天方" in base64.b64decode(export.content).decode()
    assert b"PK" not in raw[:2]
    assert "单天方".encode() not in raw
    assert base64.b64encode("单天方".encode()) not in raw


def test_a_killed_run_is_done_by_another_after_the_lease_and_only_once(session, worker, ask):
    make_household("单天方")
    export = ask(worker)
    first = services.claim_export(session, NOW)
    assert services.claim_export(session, NOW + LEASE / 2) is None

    second = services.claim_export(session, NOW + LEASE)

    built = services.build_export(session, export, 9)
    assert services.finish_export(session, second, built, NOW + LEASE)
    assert not services.finish_export(session, first, built, NOW + LEASE)
    assert actions(session) == ["export_request", "export_run"]


def test_an_export_that_kills_its_runs_is_given_up(session, worker, ask):
    export = ask(worker)

    for turn in range(ATTEMPTS + 1):
        services.claim_export(session, NOW + turn * LEASE)

    assert (export.status, export.failure) == (ExportStatus.FAILED, "broken")
    assert services.claim_export(session, NOW + 9 * LEASE) is None


def test_a_run_that_fails_is_tried_again_and_at_last_given_up(session, worker, ask):
    export = ask(worker)

    for _ in range(ATTEMPTS):
        assert export.status is ExportStatus.WAITING
        services.give_up(session, services.claim_export(session, NOW), NOW)

    assert (export.status, export.failure) == (ExportStatus.FAILED, "broken")


def test_after_a_week_the_content_is_removed_and_the_row_stays(session, worker, ask, build):
    ask(worker)
    export = build()

    assert services.expire_exports(session, NOW + KEEP - timedelta(seconds=1)) == 0
    assert services.expire_exports(session, NOW + KEEP) == 1

    session.flush()
    assert session.execute(text("select content from export")).scalar_one() is None
    assert export.status is ExportStatus.EXPIRED


def test_only_the_owner_gets_it_and_only_while_the_place_is_the_same(session, worker, ask, build):
    ask(worker)
    export = build()
    assert get_own_export(session, export.id, worker, NOW) is export

    with pytest.raises(NotFound):
        get_own_export(session, export.id, make_staff(HOME), NOW)
    with pytest.raises(NotFound):
        get_own_export(session, export.id, worker, NOW + KEEP)
    worker.scope_code = NEARBY
    with pytest.raises(NotFound):
        get_own_export(session, export.id, worker, NOW)


def test_every_fetch_is_counted_and_in_the_trail(session, worker, ask, build):
    ask(worker)
    export = build()

    for _ in range(2):
        services.fetch_export(session, export, worker, NOW)

    assert export.fetched_count == 2
    assert actions(session).count("export_fetch") == 2


def test_the_trail_says_no_name_and_no_note(session, worker, ask, build):
    make_household("单天方")
    ask(worker, term="单天方", **FULL | {"note": "给单天方送慰问品时使用"})
    services.fetch_export(session, build(), worker, NOW)

    found = session.scalars(select(AuditEntry).where(AuditEntry.subject_type == "Export"))
    assert "单" not in str([entry.detail for entry in found])


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("kind", list(KINDS))
def test_who_may_not_see_a_list_cannot_ask_for_it(session, ask, role, kind):
    user = make_user(role, "370202")
    allowed = {"trail": role is Role.AUDITOR}.get(kind, role in STAFF)

    if allowed:
        assert ask(user, kind=kind).status is ExportStatus.WAITING
    else:
        with pytest.raises(NotFound):
            ask(user, kind=kind)


def test_the_trail_is_never_given_in_full(session, ask):
    with pytest.raises(NotFound):
        ask(make_user(Role.AUDITOR, "370202"), kind="trail", **FULL)


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2100-01-01", "9999-12-31"])
def test_a_day_that_the_trail_cannot_hold_is_not_kept(session, ask, day):
    filters = {"since": day, "until": day, "action": "update_volunteer"}

    export = ask(make_user(Role.AUDITOR, "370202"), kind="trail", filters=filters)

    assert export.filters == {"action": "update_volunteer"}


def test_the_trail_masks_who_did_it_and_keeps_old_and_new_values_in(session, ask, build):
    auditor = make_user(Role.AUDITOR, "370202")
    worker = make_staff(HOME, display_name="仉督明")
    record(session, worker, "update_volunteer", make_volunteer("林晓"), NOW, {"old": "林晓", "new": "林小"})
    ask(auditor, kind="trail", filters={"action": "update_volunteer"})

    row = cells(build())[0]

    assert row[1:6] == ["仉**", float(worker.id), "操作", "修改志愿者", "update_volunteer"]
    assert "林" not in str(row)

"""A workbook's way into the registers: uploaded, previewed, confirmed or put aside."""

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.audit.services import in_bulk, record
from pairing.db import many_rows
from pairing.enterprises.services import add_pledge, register_enterprise
from pairing.errors import RuleBroken
from pairing.households.services import HouseholdValues, register_households
from pairing.rosters.models import RosterImport, RosterKind, RosterStatus
from pairing.rosters.services.enterprises import CompanyRow
from pairing.rosters.services.reading import read_roster
from pairing.rosters.services.verdicts import Reading, Remark
from pairing.volunteers.services import VolunteerValues, register_volunteers
from pairing.wording import _

KEEP = timedelta(days=7)  # as long as refused rows can be fetched


def start_import(
    session: Session,
    kind: RosterKind,
    file_name: str,
    data: bytes,
    scope: str,
    by: User | None,
    now: datetime,
) -> RosterImport:
    """Judge an uploaded workbook and keep it sealed until somebody confirms; nothing is registered yet."""
    with many_rows():
        reading = read_roster(session, kind, data, scope, clock.local(now).date())
    row = RosterImport(
        kind=kind,
        status=RosterStatus.PREVIEWED,
        area_code=scope,
        file_name=file_name[-200:],
        sha256=hashlib.sha256(data).hexdigest(),
        content=base64.b64encode(data).decode(),
        outcome=sum_up(reading),
        created_by_id=by.id if by else None,
        created_at=now,
    )
    session.add(row)
    record(session, by, "upload_roster", row, now, {"kind": kind.value})
    return row


def reread(session: Session, row: RosterImport, now: datetime) -> Reading[Any]:
    """Judge the kept workbook again, against what is registered now."""
    if row.content is None:
        raise RuleBroken(_("原文件已删除,请重新上传"), "content_gone")
    data = base64.b64decode(row.content)
    return read_roster(session, row.kind, data, row.area_code, clock.local(now).date())


def confirm_import(session: Session, row: RosterImport, by: User | None, now: datetime) -> dict[str, Any]:
    """Register every accepted row of a previewed import and return its outcome.

    Raises
    ------
    RuleBroken : it was confirmed or put aside already ("import_decided").
    """
    _refuse_decided(row)
    with many_rows():
        reading = reread(session, row, now)
        _register(session, row, [v.values for v in reading.verdicts if v.is_accepted], by, now)
    row.status, row.confirmed_at, row.outcome = RosterStatus.CONFIRMED, now, sum_up(reading)
    if not row.outcome["rejected"]:
        row.content = None
    record(session, by, "confirm_roster", row, now, {"accepted": row.outcome["accepted"]})
    return row.outcome


def discard_import(session: Session, row: RosterImport, by: User, now: datetime) -> None:
    """Put a previewed import aside; its file is deleted."""
    _refuse_decided(row)
    row.status, row.content = RosterStatus.DISCARDED, None
    record(session, by, "discard_roster", row, now)


def prune(session: Session, now: datetime) -> None:
    """Delete the files of old imports; what came of them stays."""
    old = RosterImport.created_at < now - KEEP
    emptied = update(RosterImport).where(old, RosterImport.content.is_not(None)).values(content=None)
    session.execute(in_bulk(emptied, "forget_rosters"))


def sum_up(reading: Reading[Any]) -> dict[str, Any]:
    """Return the outcome in counts and row numbers, without personal data."""
    accepted = [verdict.values for verdict in reading.verdicts if verdict.is_accepted]
    pledges = [values.pledge for values in accepted if isinstance(values, CompanyRow) and values.pledge]
    warnings = [remark for verdict in reading.verdicts if not verdict.refusal for remark in verdict.warnings]
    return {
        "accepted": len(accepted),
        "members": sum(len(v.members) for v in accepted if isinstance(v, HouseholdValues)),
        "pledged_fen": sum(pledge.amount_fen for pledge in pledges),
        "rejected": _rows([v.refusal for v in reading.verdicts if v.refusal]),
        "warnings": _rows([*warnings, *reading.remarks]),
        "known": sum(verdict.is_known for verdict in reading.verdicts),
    }


def _rows(remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    return [{"row": remark.row, "reason": remark.reason} for remark in remarks]


def _refuse_decided(row: RosterImport) -> None:
    if row.status is not RosterStatus.PREVIEWED:
        raise RuleBroken(_("这次导入已处理过"), "import_decided")


def _register(session: Session, row: RosterImport, many: list[Any], by: User | None, now: datetime) -> None:
    if not many:
        return
    if row.kind is RosterKind.HOUSEHOLDS:
        register_households(session, many, by, now)
    elif row.kind is RosterKind.VOLUNTEERS:
        _register_volunteers(session, many, by, now)
    else:
        _register_companies(session, many, by, now)


def _register_volunteers(
    session: Session, many: list[VolunteerValues], by: User | None, now: datetime
) -> None:
    register_volunteers(session, many, by, now)


def _register_companies(session: Session, many: list[CompanyRow], by: User | None, now: datetime) -> None:
    for company in many:
        enterprise = register_enterprise(session, company.enterprise, by, now)
        if company.pledge:
            add_pledge(session, enterprise, company.pledge, by, now)

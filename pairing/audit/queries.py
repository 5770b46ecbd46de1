"""Reading the trail: narrowed, newest first, page by page; what an entry says; who changed a record last."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, select, tuple_
from sqlalchemy import Enum as EnumType
from sqlalchemy.orm import Session

from pairing.audit.models import AuditEntry, AuditLink, EntryKind
from pairing.audit.rules import BULK, FIELDS, REASONS, TABLES
from pairing.db import Base
from pairing.readers import everywhere
from pairing.values.money import format_money
from pairing.wording import Wording, _

PER_PAGE = 50
COMMUNITY = 12  # digits
UNTOLD = _("已修改(不显示内容)")
EMPTY = _("空")
DETAILS: dict[str, Wording] = {
    "rows": _("行数"),
    "reason": _("原因"),
    "why": _("原因"),
    "how": _("方式"),
    "table": _("数据表"),
}
HAPPENED: dict[str, Wording] = {"created": _("新增"), "deleted": _("删除")}


@dataclass(frozen=True)
class Wanted:
    """What the trail is narrowed to; nothing chosen shows everything but the changes of fields."""

    kind: EntryKind | None = None
    action: str = ""
    actor_id: int | None = None
    subject_type: str = ""
    subject_id: str = ""
    area_code: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Line:
    """One thing that an entry says; *old* and *new* where a field changed."""

    label: Wording | str
    text: Wording | str = ""
    old: Wording | str = ""
    new: Wording | str = ""


class Changed(Protocol):
    """A record that says when it was last changed."""

    id: Any
    updated_at: Any


def narrow(stmt: Select[AuditEntry], wanted: Wanted) -> Select[AuditEntry]:
    """Narrow *stmt* to what is *wanted*, newest first."""
    exact = {
        AuditEntry.action: wanted.action,
        AuditEntry.actor_id: wanted.actor_id,
        AuditEntry.subject_type: wanted.subject_type,
        AuditEntry.subject_id: wanted.subject_id,
    }
    stmt = stmt.where(*(column == value for column, value in exact.items() if value))
    if wanted.kind:
        stmt = stmt.where(AuditEntry.kind == wanted.kind)
    elif not wanted.action and not wanted.subject_id:
        stmt = stmt.where(AuditEntry.kind != EntryKind.CHANGE)
    if wanted.area_code:
        stmt = stmt.where(_lies_in(wanted.area_code))
    if wanted.since:
        stmt = stmt.where(AuditEntry.at >= wanted.since)
    if wanted.until:
        stmt = stmt.where(AuditEntry.at < wanted.until)
    return stmt.order_by(AuditEntry.at.desc(), AuditEntry.id.desc())


def _lies_in(area_code: str) -> ColumnElement[bool]:
    """One community is found by its index; a wider area holds so much that going back in time is quicker."""
    if len(area_code) == COMMUNITY:
        return AuditEntry.area_code == area_code
    return AuditEntry.area_code.concat("").startswith(area_code, autoescape=True)


def page_of(session: Session, stmt: Select[AuditEntry], after: AuditEntry | None = None) -> list[AuditEntry]:
    """Return the entries behind *after* and one more than a page holds; a million before cost nothing."""
    if after is not None:
        stmt = stmt.where(tuple_(AuditEntry.at, AuditEntry.id) < tuple_(after.at, after.id))
    return list(session.scalars(stmt.limit(PER_PAGE + 1)))


def find_head(session: Session) -> AuditLink | None:
    """Return the last link of the chain."""
    return session.scalars(select(AuditLink).order_by(AuditLink.number.desc()).limit(1)).one_or_none()


def who_changed(session: Session, row: Changed) -> str:
    """Return the name of whoever changed a record last; "" where the trail does not say."""
    deeds = select(AuditEntry.actor_name).where(
        AuditEntry.kind == EntryKind.DEED,
        AuditEntry.subject_type == type(row).__name__,
        AuditEntry.subject_id == str(row.id),
        AuditEntry.at == row.updated_at,
    )
    with everywhere(session, "the name of whoever changed one file at the same time"):
        return session.scalars(deeds.order_by(AuditEntry.id.desc()).limit(1)).first() or ""


def lines_of(entry: AuditEntry) -> list[Line]:
    """Say what *entry* holds, in words where there are some."""
    detail = dict(entry.detail)
    if entry.kind is EntryKind.REFUSAL:
        return [Line(_label(key), REASONS.get(value, value)) for key, value in detail.items()]
    lines = [
        Line(HAPPENED[how], _rows(table, numbers))
        for how in HAPPENED
        for table, numbers in detail.pop(how, {}).items()
    ]
    for row, fields in detail.pop("changed", {}).items():
        lines += [_changed(row, name, values) for name, values in fields.items()]
    return lines + [Line(_label(key), _told(key, value)) for key, value in detail.items() if value != ""]


def _rows(table: str, numbers: list[str]) -> Wording:
    return Wording("%(table)s %(ids)s", table=TABLES.get(table, table), ids="、".join(numbers))


def _label(key: str) -> Wording | str:
    return DETAILS.get(key) or FIELDS.get(key) or key


def _changed(row: str, name: str, values: Any) -> Line:  # noqa: ANN401 - as JSON holds it
    table, _space, number = row.partition(" ")
    said = {"table": TABLES.get(table, table), "number": number, "field": FIELDS.get(name, name)}
    label = Wording("%(table)s %(number)s %(field)s", **said)
    if not isinstance(values, list):
        return Line(label, UNTOLD)
    old, new = (_value(table, name, value) for value in values)
    return Line(label, old=old, new=new)


def _value(table: str, name: str, value: Any) -> Wording | str:  # noqa: ANN401 - as JSON holds it
    """Say a value as people do: a member by its label, money in yuan, a flag as yes or no."""
    if value is None or value in ("", []):
        return EMPTY
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if name.endswith("_fen") and isinstance(value, int):
        return format_money(value)
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    return _member(table, name, value) or str(value)


def _member(table: str, name: str, value: Any) -> Wording | None:  # noqa: ANN401 - as JSON holds it
    """Return the label of a member of an enumeration, None where the value is none."""
    column = Base.metadata.tables[table].c.get(name) if table in Base.metadata.tables else None
    kind = None if column is None else column.type
    if not isinstance(kind, EnumType) or kind.enum_class is None or value not in kind.enums:
        return None
    return getattr(kind.enum_class(value), "label", None)


def _told(key: str, value: Any) -> Wording | str:  # noqa: ANN401 - as JSON holds it
    if key == "why" and value in BULK:
        return BULK[value]
    return TABLES.get(value, value) if key == "table" else _value("", key, value)

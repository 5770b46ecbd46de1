"""Which fields changed, gathered while the session writes and told in one statement for each flush."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, inspect, select
from sqlalchemy.orm import InstanceState, Mapper, Session, object_session
from sqlalchemy.orm.base import NO_VALUE

from pairing import clock
from pairing.audit.models import EntryKind
from pairing.audit.services.actors import own_signature, place_of
from pairing.audit.services.entries import write
from pairing.audit.services.fields import Plan, plan_of, tell

PENDING = "audit_pending"  # keys of session.info
HELD = "audit_held"
ACTION = "write_rows"
PLACES = ("area_code", "scope_code")
File = tuple[str, str]  # what kind of file, which one


class Told:
    """What happened to the rows of one file."""

    def __init__(self) -> None:
        self.area_code: str | None = None
        self.detail: dict[str, dict[str, Any]] = defaultdict(dict)
        self.model: Any = None


def note_created(mapper: Mapper[Any], _connection: Connection, row: object) -> None:
    """Note that a row was made; which one is enough, its values stand in it."""
    if (plan := plan_of(mapper)) is not None:
        told, number = _told(plan, mapper, row)
        told.detail["created"].setdefault(plan.table, []).append(number)


def note_deleted(mapper: Mapper[Any], _connection: Connection, row: object) -> None:
    """Note that a row was deleted."""
    if (plan := plan_of(mapper)) is not None:
        told, number = _told(plan, mapper, row)
        told.detail["deleted"].setdefault(plan.table, []).append(number)


def note_changed(mapper: Mapper[Any], connection: Connection, row: object) -> None:
    """Note the fields that are about to change, before the database forgets the old values."""
    if (plan := plan_of(mapper)) is None:
        return
    fields = _changed_fields(plan, mapper, connection, row)
    if fields:
        told, number = _told(plan, mapper, row)
        told.detail["changed"].setdefault(f"{plan.table} {number}", {}).update(fields)


def tell_all(session: Session, _context: object) -> None:
    """Write what this flush did, one entry for each file."""
    pending: dict[File, Told] = session.info.pop(PENDING, {})
    if not pending:
        return
    same = {"kind": EntryKind.CHANGE, "action": ACTION, **own_signature(session, clock.now())}
    rows = [same | _entry(session, file, told) for file, told in pending.items()]
    if (held := session.info.get(HELD)) is None:
        write(session, rows)
    else:
        held += rows


def flush_untold(session: Session) -> list[dict[str, Any]]:
    """Flush, and return the rows that tell of it: the caller writes them at once, with its own."""
    held: list[dict[str, Any]] = []
    session.info[HELD] = held
    try:
        session.flush()
    finally:
        session.info.pop(HELD)
    return held


def drop_pending(session: Session, _previous: object) -> None:
    """Forget what a failed flush had gathered."""
    session.info.pop(PENDING, None)


def _told(plan: Plan, mapper: Mapper[Any], row: object) -> tuple[Told, str]:
    """Return where the file of *row* gathers what happened, and the number of the row."""
    state: InstanceState[Any] = inspect(row)
    number = ":".join(str(part) for part in mapper.primary_key_from_instance(row))
    owner = str(state.dict.get(plan.subject_key)) if plan.subject_key else number
    told = _pending(row).setdefault((plan.subject_type, owner), Told())
    told.model = plan.parent or mapper.class_
    if not plan.parent:
        told.area_code = _place(state.dict)
    return told, number


def _pending(row: object) -> dict[File, Told]:
    session = object_session(row)
    assert session is not None  # noqa: S101 - a row in a flush has one
    pending: dict[File, Told] = session.info.setdefault(PENDING, {})
    return pending


def _place(values: Mapping[str, Any]) -> str | None:
    """Return the area among *values*, None where it is not there."""
    return next((str(values[key]) for key in PLACES if values.get(key)), None)


def _changed_fields(
    plan: Plan, mapper: Mapper[Any], connection: Connection, row: object
) -> dict[str, list[Any] | str]:
    state: InstanceState[Any] = inspect(row)
    old = {key: value for key, value in state.committed_state.items() if key in plan.fields}
    if NO_VALUE in old.values():
        old |= _stored(mapper, connection, row, [key for key in old if old[key] is NO_VALUE])
    new = state.dict
    return {key: tell(plan, key, was, new.get(key)) for key, was in old.items() if was != new.get(key)}


def _stored(mapper: Mapper[Any], connection: Connection, row: object, keys: list[str]) -> dict[str, Any]:
    """Return the old values of fields that were overwritten without being read."""
    columns = [mapper.columns[key].label(key) for key in keys]
    here = zip(mapper.primary_key, mapper.primary_key_from_instance(row), strict=True)
    found = connection.execute(select(*columns).where(*(column == value for column, value in here))).first()
    return dict(found._mapping) if found else {}


def _entry(session: Session, file: File, told: Told) -> dict[str, Any]:
    subject_type, subject_id = file
    if told.area_code is None:
        told.area_code = _place_of(session, told.model, subject_id)
    return {
        "subject_type": subject_type,
        "subject_id": subject_id,
        "area_code": told.area_code or place_of(session),
        "detail": dict(told.detail),
    }


def _place_of(session: Session, model: Any, subject_id: str) -> str:  # noqa: ANN401 - any model
    """Return the place of a file of which only a part was touched or read; "" where it has none."""
    column = next((model.__table__.c[name] for name in PLACES if name in model.__table__.c), None)
    if column is None:
        return ""
    known = session.identity_map.get(inspect(model).identity_key_from_primary_key((int(subject_id),)))
    here = _place(inspect(known).dict) if known is not None else None
    query = select(column).where(model.__table__.c.id == int(subject_id))
    return here or session.connection().scalar(query) or ""

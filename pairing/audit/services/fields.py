"""What the trail may say about a row: closed by default, for tables and for fields.

Every table is audited unless `TECHNICAL` names it. A number, a flag, a moment or a member of an
enumeration is told as it is; everything else, above all every text, is told as "changed" only,
unless `OPEN` names it. Names of people are personal data: they are told as "changed".
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Date, DateTime, Integer
from sqlalchemy import Enum as EnumType
from sqlalchemy.orm import Mapper
from sqlalchemy.types import TypeDecorator, TypeEngine

from pairing.audit.rules import FILES, HIDDEN, OPEN, TECHNICAL, UNSAID

CHANGED = "changed"
TOLD = (Integer, Boolean, Date, DateTime, EnumType)


@dataclass(frozen=True)
class Plan:
    """How the rows of one table are told."""

    table: str
    subject_type: str  # the file to which the row belongs, and where its number stands
    subject_key: str
    fields: dict[str, bool]  # attribute -> whether its values may be told
    parent: type | None  # the model of the file, where it is another one


@cache
def plan_of(mapper: Mapper[Any]) -> Plan | None:
    """Return how rows of *mapper* are told, None where they are not."""
    table: str = mapper.class_.__tablename__
    if table in TECHNICAL:
        return None
    name, key = FILES.get(table, (mapper.class_.__name__, ""))
    columns = {attr.key: attr.columns[0] for attr in mapper.column_attrs if attr.key not in UNSAID}
    told = {field: _is_told(field, column) for field, column in columns.items()}
    return Plan(table, name, key, told, _model_named(mapper, name) if key else None)


def _model_named(mapper: Mapper[Any], name: str) -> type:
    return next(other.class_ for other in mapper.registry.mappers if other.class_.__name__ == name)


def _is_told(name: str, column: ColumnElement[Any]) -> bool:
    return name not in HIDDEN and (name in OPEN or isinstance(_plain_type(column.type), TOLD))


def _plain_type(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


def tell(plan: Plan, key: str, old: object, new: object) -> list[Any] | str:
    """Return what the trail says about a field that changed: [old, new], or only that it did."""
    return [_plain(old), _plain(new)] if plan.fields[key] else CHANGED


PLAIN: dict[type, Callable[[Any], Any]] = {
    datetime: datetime.isoformat,
    date: date.isoformat,
    list: lambda value: [_plain(one) for one in value],
}


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int):
        return value
    spell: Callable[[Any], Any] = PLAIN.get(type(value), lambda _other: CHANGED)
    return spell(value)

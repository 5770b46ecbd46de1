"""Statements over many rows, which the listener cannot see field by field: refused unless they say why."""

import re
from typing import Any, TypeVar

from sqlalchemy import Executable, Result, TextClause
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.sql.dml import Delete, Insert, Update

from pairing import clock
from pairing.audit.models import EntryKind
from pairing.audit.rules import BULK, TECHNICAL
from pairing.audit.services.actors import own_signature, place_of
from pairing.audit.services.entries import write

WHY = "audit_bulk"  # execution option
ACTION = "write_many"
WRITES = "insert|update|delete|replace|merge|truncate|alter|drop|copy"
WRITING = re.compile(rf"^\s*(with\b.*?\b)?({WRITES})\b", re.IGNORECASE | re.DOTALL)

StatementT = TypeVar("StatementT", bound=Executable)


class BulkRefused(RuntimeError):
    """A statement would change many rows of an audited table behind the back of the trail."""


def in_bulk(statement: StatementT, why: str) -> StatementT:
    """Allow an UPDATE or DELETE of many rows, for a reason of `rules.BULK`; the trail counts the rows."""
    if why not in BULK:
        raise BulkRefused(f"rules.BULK does not know the reason {why!r}")
    return statement.execution_options(**{WHY: why})


def watch(state: ORMExecuteState) -> Result[Any] | None:
    """Refuse what changes many rows unseen, count what may; everything else passes."""
    statement = state.statement
    if isinstance(statement, TextClause) and WRITING.match(statement.text):
        raise BulkRefused("SQL text does not write through the session")
    if not isinstance(statement, Insert | Update | Delete) or (table := _table(statement)) in TECHNICAL:
        return None
    why = state.execution_options.get(WHY, "")
    if not why and _changes_rows(statement):
        raise BulkRefused(
            f"{table} is audited: change its rows through the session, wrap the statement in"
            " audit.services.in_bulk, or name the table in audit.rules.TECHNICAL"
        )
    return _counted(state, {"table": table, "how": statement.__visit_name__, "why": why})


def _table(statement: Insert | Update | Delete) -> str:
    return getattr(statement.table, "name", "a join")


def _changes_rows(statement: Insert | Update | Delete) -> bool:
    """Whether rows that are there may change; an INSERT does so by ON CONFLICT."""
    return not isinstance(statement, Insert) or statement._post_values_clause is not None


def _counted(state: ORMExecuteState, detail: dict[str, Any]) -> Result[Any]:
    result: Result[Any] = state.invoke_statement()
    many = isinstance(state.parameters, list)
    rows = len(state.parameters or ()) if many else getattr(result, "rowcount", -1)
    entry = {"kind": EntryKind.CHANGE, "action": ACTION, "detail": {"rows": rows, **detail}}
    thing = {"subject_type": detail["table"], "subject_id": "", "area_code": place_of(state.session)}
    write(state.session, [entry | thing | own_signature(state.session, clock.now())])
    return result

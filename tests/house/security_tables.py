"""The tables of docs/security.md that the code gives; ``python -m tests.house.security_tables`` renews."""

import re
from pathlib import Path

from pairing.access import TABLE
from pairing.accounts.access import Access, Scope
from pairing.accounts.rules import Permission, Role, may
from pairing.logs.inventory import EVENTS
from pairing.throttle.rules import LIMITS

PAGE = Path(__file__).parents[2] / "docs" / "security.md"
MARKED = "<!-- {0} -->\n{1}\n<!-- end of {0} -->"
SCOPES = {
    Scope.NOTHING: "no records",
    Scope.SELF: "own",
    Scope.AREA: "area",
    Scope.RELATION: "relation",
    Scope.AREA_OR_RELATION: "area or relation",
}


def rights() -> str:
    """Return who may do what: a line for each permission, a column for each role."""
    head = ["permission", *(role.value for role in Role), "reaches"]
    return _table([head, *(_right(permission) for permission in Permission)])


def _right(permission: Permission) -> list[str]:
    rows = [row for row in TABLE.values() if row.permission is permission]
    reach = ", ".join(SCOPES[scope] for scope in Scope if any(row.scope is scope for row in rows))
    return [f"`{permission.value}`", *("yes" if may(role, permission) else "" for role in Role), reach]


def endpoints() -> str:
    """Return every endpoint with its permission, scope, limit, and whether its form counts once."""
    head = ["endpoint", "who", "whose records", "limit"]
    return _table([head, *(_endpoint(name, row) for name, row in sorted(TABLE.items()))])


def _endpoint(name: str, row: Access) -> list[str]:
    who = f"`{row.permission.value}`" if row.permission else "anybody"
    return [f"`{name}`", who, SCOPES[row.scope], row.limit]


def limits() -> str:
    """Return how often is too often."""
    lines = [
        [name, str(limit.hits), f"{limit.span.total_seconds() / 60:.0f}"] for name, limit in LIMITS.items()
    ]
    return _table([["limit", "requests", "in minutes"], *lines])


def log_events() -> str:
    """Return what is logged by name."""
    lines = [[f"`{name}`", event.when, ", ".join(event.fields)] for name, event in EVENTS.items()]
    return _table([["event", "when", "fields beside the common ones"], *lines])


TABLES = {"rights": rights, "endpoints": endpoints, "limits": limits, "log events": log_events}


def renewed(text: str) -> str:
    """Return *text* with every marked table as the code gives it now."""
    for name, table in TABLES.items():
        pattern = re.compile(
            re.escape(f"<!-- {name} -->") + ".*?" + re.escape(f"<!-- end of {name} -->"), re.DOTALL
        )
        text, count = pattern.subn(lambda _found, n=name, t=table: MARKED.format(n, t()), text)
        if count != 1:
            raise ValueError(f"{PAGE.name} has {count} places for the table {name!r}")
    return text


def _table(rows: list[list[str]]) -> str:
    head, *lines = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|" + "---|" * len(rows[0]), *lines])


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")

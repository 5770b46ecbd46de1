"""The trail when it is long, and what it costs whoever changes something."""

from datetime import timedelta
from statistics import median
from time import perf_counter, process_time
from typing import Any

from flask import Flask
from sqlalchemy import event, select, text
from sqlalchemy.orm import Mapper

from benchmarks import scratch
from benchmarks.pages import ROUNDS, measure_addresses
from pairing import clock
from pairing.audit.models import AuditEntry
from pairing.audit.services.hooks import MAPPER_HOOKS, SESSION_HOOKS
from pairing.db import current_session, db, transaction
from pairing.households.models import Household
from pairing.volunteers.models import Volunteer

ENTRIES = 1_000_000  # one for every minute of nearly two years
CHANGED = 2_500  # rows of each of two registers
MOMENT = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', 'now', (60 * (i - {entries})) || ' seconds')",
    "postgresql": "now() + (i - {entries}) * interval '1 minute'",
}
FILL = """
INSERT INTO audit_entry (batch, at, kind, actor_id, actor_name, action, subject_type, subject_id, area_code,
    origin, request_id, detail)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {entries})
SELECT 1000000000 + i / 10, {moment},
    CASE WHEN i % 10 < 6 THEN 'change' WHEN i % 10 < 8 THEN 'deed' WHEN i % 10 = 8 THEN 'read'
        WHEN i % 1000 = 9 THEN 'reveal' ELSE 'deed' END,
    1 + i % 200, 'somebody',
    CASE WHEN i % 10 < 6 THEN 'write_rows' WHEN i % 10 = 8 THEN 'read_file'
        WHEN i % 1000 = 9 THEN 'reveal_household' ELSE 'report_visit' END,
    CASE WHEN i % 2 = 0 THEN 'Household' ELSE 'Visit' END, CAST(1 + i % 3000 AS varchar(20)),
    CASE WHEN i % 40 = 0 THEN '' WHEN i % 40 = 1 THEN '370202002012'
        ELSE '37020200' || CAST(2 + i % 6 AS varchar(1)) || '0' || CAST(10 + i % 30 AS varchar(2)) END,
    '10.0.0.0/24', 'benchmark', '{{"rows": 1}}'
FROM n
"""
QUIET = "370202009"  # nothing happened there before the two months that are played
NARROWED = {
    "newest": "",
    "behind half of all": "before={middle}",
    "changes of fields": "kind=change",
    "one of a thousand": "kind=reveal",
    "none": "kind=refusal",
    "a deed": "action=reveal_household",
    "a person": "actor=7",
    "a file": "subject_type=Household&subject_id=123",
    "a community": "area=370202002012",
    "a subdistrict": "area=370202002",
    "a quiet subdistrict, long ago": f"area={QUIET}&until={{long_ago}}",
    "a month of last year": "since={since}&until={until}",
    "a person in a subdistrict": "actor=7&area=370202003",
}


def measure_trail(app: Flask) -> list[dict[str, Any]]:
    """Write a million entries, then turn the auditor's pages, narrowed in each way."""
    _lengthen()
    return measure_addresses(app, "auditor", {name: f"/trail?{query}" for name, query in _queries().items()})


def _lengthen() -> None:
    """They are read here and never verified, so no link seals them."""
    moment = MOMENT[db.engine.dialect.name].format(entries=ENTRIES)
    with db.engine.begin() as connection:
        connection.execute(text(FILL.format(entries=ENTRIES, moment=moment)))
    scratch.analyse()


def _queries() -> dict[str, str]:
    middle = select(AuditEntry.id).order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    today = clock.today()
    told = {
        "middle": current_session().scalars(middle.offset(ENTRIES // 2).limit(1)).one(),
        "long_ago": today - timedelta(days=90),
        "since": today - timedelta(days=400),
        "until": today - timedelta(days=370),
    }
    return {name: query.format(**told) for name, query in NARROWED.items()}


def measure_listener() -> dict[str, float]:
    """Return the seconds of a transaction that changes many rows, with the trail and without it."""
    _change(0)  # warms up
    listening = [_change(number) for number in range(1, ROUNDS + 1)]
    _stop_listening()
    deaf = [_change(number) for number in range(ROUNDS)]
    names = ("with", "with_cpu", "without", "without_cpu")
    columns = [*zip(*listening, strict=True), *zip(*deaf, strict=True)]
    return {"rows": 2 * CHANGED, **dict(zip(names, map(median, columns), strict=True))}


def _change(number: int) -> tuple[float, float]:
    """Change two fields of each row, to what they were not; return seconds of wall and CPU until the end."""
    with transaction() as session:
        rows = [
            row
            for model in (Household, Volunteer)
            for row in session.scalars(select(model).order_by(model.id).limit(CHANGED))
        ]
        wall, cpu = perf_counter(), process_time()
        for row in rows:
            row.half_days, row.updated_at = number, clock.now()
    return perf_counter() - wall, process_time() - cpu


def _stop_listening() -> None:
    for target, hooks in ((db.session, SESSION_HOOKS), (Mapper, MAPPER_HOOKS)):
        for name, hook in hooks.items():
            event.remove(target, name, hook)

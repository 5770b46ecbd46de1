"""Every event that is logged by name: when it happens, and what its line says besides.

Every line also has: timestamp, level, logger and, inside a request, request_id, user_id, role,
area_code, endpoint. No line has a name, a number of a person, a telephone, an address or a path.
"""

import logging
from dataclasses import dataclass

WARNING, CRITICAL = logging.WARNING, logging.CRITICAL


@dataclass(frozen=True)
class LogEvent:
    """One named event."""

    when: str
    fields: tuple[str, ...] = ()
    level: int = logging.INFO


EVENTS: dict[str, LogEvent] = {
    "request": LogEvent("a request was answered", ("method", "status", "duration_ms")),
    "sign_in_ok": LogEvent("somebody signed in", ("person_id",)),
    "sign_in_failed": LogEvent(
        "a password or code was wrong, or nobody has the name", ("person_id",), WARNING
    ),
    "sign_in_locked": LogEvent("too many failures: a pause for this account", ("person_id",), WARNING),
    "refused": LogEvent(
        "asked for what is outside the rights or the scope, or sent an infected file", ("status",), WARNING
    ),
    "rate_limited": LogEvent("asked too often", ("limit",), WARNING),
    "export": LogEvent(
        "a list was asked for, built or fetched", ("step", "export_id", "kind", "is_full", "rows")
    ),
    "reveal": LogEvent("masked facts were shown for a reason", ("subject", "subject_id", "reason")),
    "outbox_released": LogEvent("a restored database was let send from where it is", (), WARNING),
    "scan_refused": LogEvent("the virus scanner knew a file, or gave no answer", ("reason",), WARNING),
    "rotation": LogEvent("values were sealed again with another key", ("step", "rows")),
    "chain_broken": LogEvent("the trail does not fit together", ("reason",), CRITICAL),
}

"""How patiently an e-mail is tried again."""

from datetime import timedelta

LEASE = timedelta(minutes=5)  # longer than a batch may take; then another worker may take the message
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
ERROR_LENGTH = 190


def pause_after(attempts: int) -> timedelta | None:
    """Return how long to wait after so many failed attempts; None when staff should look at it."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None

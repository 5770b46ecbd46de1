"""When and where made things stand, and how they get into the store."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from pairing.db import db

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # a Monday, nine o'clock in Beijing
MONDAY = date(2026, 11, 23)

DISTRICT = "370202"
STREET = "370202002"
HOME = "370202002012"  # 八大峡街道 台西社区
NEARBY = "370202002008"  # same street, 团岛社区
OUTSIDE = "370203021001"  # another district, 台东街道

numbers = count(1)


def save(thing: Any) -> Any:
    """Add *thing* to the session of the current app context and give it its id."""
    db.session.add(thing)
    db.session.flush()
    return thing

"""How often is too often. An office of twenty may share one address: addresses are given more than people."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Limit:
    """At most *hits* requests in *span*, counted for each person, or for each address before signing in."""

    hits: int
    span: timedelta


LIMITS = {
    "sign_in": Limit(60, timedelta(minutes=5)),
    "register": Limit(20, timedelta(hours=1)),
    "invitation": Limit(60, timedelta(minutes=5)),
    "search": Limit(120, timedelta(minutes=5)),
    "reveal": Limit(60, timedelta(hours=1)),
    "export": Limit(20, timedelta(hours=1)),
    "sign_up": Limit(5, timedelta(days=1)),  # whoever signs up for a visit reads an address
    "matching": Limit(60, timedelta(hours=1)),
    "upload": Limit(60, timedelta(hours=1)),
}

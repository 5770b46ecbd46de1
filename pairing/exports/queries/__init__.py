"""What can be exported, and finding exports."""

from pairing.exports.queries.enterprises import ENTERPRISES
from pairing.exports.queries.households import HOUSEHOLDS
from pairing.exports.queries.kinds import KINDS, ExportKind, find_kind, list_kinds, offer
from pairing.exports.queries.own import (
    count_rows,
    get_own_export,
    has_open_exports,
    is_clock_silent,
    list_own_exports,
)
from pairing.exports.queries.trail import TRAIL
from pairing.exports.queries.volunteers import VOLUNTEERS

for _kind in (HOUSEHOLDS, VOLUNTEERS, ENTERPRISES, TRAIL):
    offer(_kind)

__all__ = [
    "KINDS",
    "ExportKind",
    "count_rows",
    "find_kind",
    "get_own_export",
    "has_open_exports",
    "is_clock_silent",
    "list_kinds",
    "list_own_exports",
    "offer",
]

"""Asking for a list, building it, fetching it, and removing it after a week."""

from pairing.exports.services.asking import Wish, fetch_export, request_export
from pairing.exports.services.building import Built, build_export, write_list
from pairing.exports.services.running import (
    Claim,
    claim_export,
    expire_exports,
    finish_export,
    give_up,
)

__all__ = [
    "Built",
    "Claim",
    "Wish",
    "build_export",
    "claim_export",
    "expire_exports",
    "fetch_export",
    "finish_export",
    "give_up",
    "request_export",
    "write_list",
]

"""Workbooks of offices: what each row says, and their way into the registers."""

from pairing.rosters.services.imports import (
    confirm_import,
    discard_import,
    prune,
    reread,
    start_import,
)

__all__ = ["confirm_import", "discard_import", "prune", "reread", "start_import"]

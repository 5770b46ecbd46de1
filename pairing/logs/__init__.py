"""Structured logs: one line per event, personal data masked before it is written."""

from typing import Any

import structlog

from pairing.logs.inventory import EVENTS
from pairing.logs.masking import mask_values
from pairing.logs.pipeline import configure

__all__ = ["EVENTS", "configure", "mask_values", "say"]


def say(event: str, **fields: Any) -> None:  # noqa: ANN401 - codes and numbers
    """Log a named event; ValueError if the inventory does not know it, or not with these fields."""
    known = EVENTS.get(event)
    if known is None or not set(fields) <= set(known.fields):
        raise ValueError(f"the event {event} is not in the inventory with these fields")
    structlog.get_logger("pairing.events").log(known.level, event, **fields)

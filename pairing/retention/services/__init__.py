"""Forgetting what is past its time."""

from pairing.retention.services.households import anonymise_household, check_over, erase_words
from pairing.retention.services.people import (
    anonymise_account,
    anonymise_contact,
    anonymise_volunteer,
)
from pairing.retention.services.runs import AT_ONCE, end_run, run_retention, start_run, sweep

__all__ = [
    "AT_ONCE",
    "anonymise_account",
    "anonymise_contact",
    "anonymise_household",
    "anonymise_volunteer",
    "check_over",
    "end_run",
    "erase_words",
    "run_retention",
    "start_run",
    "sweep",
]

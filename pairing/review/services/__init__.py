"""What staff decide: answers and consents noted, pairings and money confirmed, pairings ended."""

from pairing.review.services.closing import close_household
from pairing.review.services.consents import withdraw_consent
from pairing.review.services.money import confirm_grant, note_grant_answer, withdraw_grant
from pairing.review.services.people import (
    confirm_as_suggested,
    confirm_proposal,
    end_pairing,
    note_answer,
    note_consent,
    refuse_consent,
    withdraw_proposal,
)

__all__ = [
    "close_household",
    "confirm_as_suggested",
    "confirm_grant",
    "confirm_proposal",
    "end_pairing",
    "note_answer",
    "note_consent",
    "note_grant_answer",
    "refuse_consent",
    "withdraw_consent",
    "withdraw_grant",
    "withdraw_proposal",
]

"""Deeds of matching: preview a run, propose what it found, answer, let open proposals expire."""

from pairing.matching.services import moving
from pairing.matching.services.answers import (
    accept_proposal,
    agree_grant,
    agree_grants,
    decline_grant,
    decline_proposal,
)
from pairing.matching.services.expiry import expire_open
from pairing.matching.services.money import preview_money
from pairing.matching.services.people import preview_people
from pairing.matching.services.proposing import discard_run, propose

__all__ = [
    "accept_proposal",
    "agree_grant",
    "agree_grants",
    "decline_grant",
    "decline_proposal",
    "discard_run",
    "expire_open",
    "moving",
    "preview_money",
    "preview_people",
    "propose",
]

"""Pages of review: staff decide."""

from pairing.review.views import (
    closing,
    consents,
    grants,
    grants_bulk,
    pairings,
    pledges,
    proposals,
    proposals_bulk,
)
from pairing.review.views.sending import bp

__all__ = [
    "bp",
    "closing",
    "consents",
    "grants",
    "grants_bulk",
    "pairings",
    "pledges",
    "proposals",
    "proposals_bulk",
]

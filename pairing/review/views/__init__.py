"""Pages of review: staff decide."""

from pairing.review.views import closing, grants, grants_bulk, pairings, pledges, proposals, proposals_bulk
from pairing.review.views.sending import bp

__all__ = ["bp", "closing", "grants", "grants_bulk", "pairings", "pledges", "proposals", "proposals_bulk"]

"""Pages of visits: what staff look after, what a volunteer does."""

from flask import Blueprint

bp = Blueprint("visits", __name__, url_prefix="/visits")

from pairing.visits.views import own, photos, reports, sign_up, staff  # noqa: E402 - they hang their pages on bp

__all__ = ["bp", "own", "photos", "reports", "sign_up", "staff"]

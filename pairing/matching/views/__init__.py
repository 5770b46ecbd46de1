"""Pages of matching."""

from pairing.matching.views import my_grants, my_proposals, results, runs
from pairing.matching.views.blueprint import bp

__all__ = ["bp", "my_grants", "my_proposals", "results", "runs"]

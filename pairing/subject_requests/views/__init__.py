"""Pages about people's own data: for themselves, for staff; and the calendar by which answers are due."""

from pairing.subject_requests.views import calendar, own, staff
from pairing.subject_requests.views.blueprint import bp

__all__ = ["bp", "calendar", "own", "staff"]

"""Finding visits: whom to remind, what staff look after, what a volunteer may see."""

from pairing.visits.queries.own import (
    OpenVisit,
    OwnVisit,
    find_household_for,
    get_open_visit,
    get_own_visit,
    list_open_visits,
    list_own_visits,
)
from pairing.visits.queries.photos import get_photo, list_photos, may_take_photos
from pairing.visits.queries.recipients import Recipient, list_recipients
from pairing.visits.queries.staff import (
    VisitFilter,
    VisitRow,
    count_overdue,
    find_report,
    list_reminders,
    list_visits,
)

__all__ = [
    "OpenVisit",
    "OwnVisit",
    "Recipient",
    "VisitFilter",
    "VisitRow",
    "count_overdue",
    "find_household_for",
    "find_report",
    "get_open_visit",
    "get_own_visit",
    "get_photo",
    "list_open_visits",
    "list_own_visits",
    "list_photos",
    "list_recipients",
    "list_reminders",
    "list_visits",
    "may_take_photos",
]

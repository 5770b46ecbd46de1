"""What is done with visits: planned ahead, opened for sign-up, moved, cancelled, reported, reminded of."""

from pairing.visits.services import moving
from pairing.visits.services.plans import LAID_AT_ONCE, cancel_future_visits, lay_ahead, plan_visits
from pairing.visits.services.reminders import ISSUED_AT_ONCE, issue_due_reminders, settle_reminders
from pairing.visits.services.reports import ReportValues, refuse_unwanted_photos, report_visit
from pairing.visits.services.sign_up import open_visit, sign_up, withdraw_sign_up
from pairing.visits.services.visits import cancel_visit, move_visit

__all__ = [
    "ISSUED_AT_ONCE",
    "LAID_AT_ONCE",
    "ReportValues",
    "cancel_future_visits",
    "cancel_visit",
    "issue_due_reminders",
    "lay_ahead",
    "move_visit",
    "moving",
    "open_visit",
    "plan_visits",
    "refuse_unwanted_photos",
    "report_visit",
    "settle_reminders",
    "sign_up",
    "withdraw_sign_up",
]

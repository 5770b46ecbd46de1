"""Requests about one's own data: received, answered, carried out."""

from pairing.subject_requests.services import moving
from pairing.subject_requests.services.calendar import drop_day, write_days
from pairing.subject_requests.services.copies import as_json, as_workbook, note_copy
from pairing.subject_requests.services.deciding import answer_request, check_copy, erase_data
from pairing.subject_requests.services.receiving import RequestValues, ask_request, receive_request
from pairing.subject_requests.services.watching import forget_words, remind_staff, warn_of_missing_year

__all__ = [
    "RequestValues",
    "answer_request",
    "as_json",
    "as_workbook",
    "ask_request",
    "check_copy",
    "drop_day",
    "erase_data",
    "forget_words",
    "moving",
    "note_copy",
    "receive_request",
    "remind_staff",
    "warn_of_missing_year",
    "write_days",
]

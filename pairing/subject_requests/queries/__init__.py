"""Finding requests, and everything that is kept about a person."""

from pairing.subject_requests.queries.dossiers import dossier_of
from pairing.subject_requests.queries.requests import (
    Timed,
    count_open,
    get_row,
    list_own_requests,
    list_requests,
    subject_of,
    time_all,
    title_of,
    titles_of,
)
from pairing.subject_requests.queries.sections import Section

__all__ = [
    "Section",
    "Timed",
    "count_open",
    "dossier_of",
    "get_row",
    "list_own_requests",
    "list_requests",
    "subject_of",
    "time_all",
    "title_of",
    "titles_of",
]

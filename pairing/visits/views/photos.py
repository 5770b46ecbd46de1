"""Photos of a visit, one by one: nobody fetches one who may not open the visit itself."""

from typing import Any

from flask import Response, request, url_for
from flask_login import current_user

from pairing import clock
from pairing.accounts.access import tell_refusal
from pairing.accounts.queries import get_own, get_scoped
from pairing.audit.access import note_read
from pairing.db import current_session
from pairing.errors import NotFound, RuleBroken
from pairing.files.models import StoredFile
from pairing.files.rules.kinds import MOST_BYTES, PHOTOS
from pairing.files.rules.refusals import FileRefused, Infected
from pairing.files.services import SoundFile, inspect_file, open_file
from pairing.households.models import Household
from pairing.visits import queries, services
from pairing.visits.forms import ReportVisitForm
from pairing.visits.models import Visit
from pairing.visits.rules import MOST_PHOTOS
from pairing.visits.views import bp
from pairing.volunteers.models import Volunteer
from pairing.web.downloads import attachment

REPORTS = ("visits.report_visit", "visits.report_my_visit")
ROOM_FOR_WORDS = 2**16


@bp.get("/<int:visit_id>/photos/<photo_id>")
def show_photo(visit_id: int, photo_id: str) -> Response:
    """Give staff a photo."""
    session = current_session()
    visit = get_scoped(session, Visit, visit_id, current_user)
    answer = _picture(queries.get_photo(session, visit, photo_id, clock.today()))
    note_read(session.get_one(Household, visit.household_id))
    return answer


@bp.get("/mine/<int:visit_id>/photos/<photo_id>")
def show_my_photo(visit_id: int, photo_id: str) -> Response:
    """Give the volunteer a photo of the own visit, as long as there is a reason to see the household."""
    session = current_session()
    volunteer = get_own(session, Volunteer, current_user)
    visit = queries.get_own_visit(session, visit_id, volunteer)
    household = queries.find_household_for(session, visit.household_id, volunteer)
    if household is None:
        raise NotFound
    answer = _picture(queries.get_photo(session, visit, photo_id, clock.today()))
    note_read(household)
    return answer


def inspect_photos(form: ReportVisitForm, visit: Visit) -> tuple[SoundFile, ...] | None:
    """Look through the photos of a sound form; None where one is refused, which then stands at the field."""
    try:
        if form.photos.data:
            services.refuse_unwanted_photos(current_session(), visit, clock.today())
        return tuple(inspect_file(photo.read(), photo.filename, PHOTOS) for photo in form.photos.data or ())
    except Infected as found:
        tell_refusal("refused", found.code, status=422)
        form.photos.errors = [found.message]
    except (FileRefused, RuleBroken) as refused:
        form.photos.errors = [refused.message]
    return None


@bp.url_value_preprocessor
def allow_for_photos(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let a report weigh as much as its photos; it is asked before anything reads the form."""
    if endpoint in REPORTS:
        request.max_content_length = MOST_PHOTOS * MOST_BYTES + ROOM_FOR_WORDS


def photo_addresses(endpoint: str, visit: Visit) -> list[str]:
    """Return where the photos of a visit are fetched."""
    photos = queries.list_photos(current_session(), visit, clock.today())
    return [url_for(endpoint, visit_id=visit.id, photo_id=photo.public_id) for photo in photos]


def _picture(photo: StoredFile) -> Response:
    return attachment(open_file(photo), f"visit-{photo.public_id[:8]}.jpg", "image/jpeg")

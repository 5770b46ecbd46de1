"""Pages of consents: how a household stands, a yes written down, the form on paper.

Taking it back stands in `review`, which knows what must end with it.
"""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.accounts.access import tell_refusal
from pairing.accounts.queries import get_scoped
from pairing.areas.queries import area_path
from pairing.audit.access import note_read
from pairing.consents import services
from pairing.consents.forms import GiveConsentForm
from pairing.consents.queries import PurposeState, children_of, get_evidence, states_of
from pairing.consents.rules import Purpose, text_on
from pairing.db import current_session, transaction
from pairing.files.rules.kinds import MOST_BYTES, PAPERS, FileKind
from pairing.files.rules.refusals import FileRefused, Infected
from pairing.files.services import SoundFile, inspect_file, open_file
from pairing.households.models import Household
from pairing.submissions.forms import claim_form, settle_form
from pairing.web.downloads import attachment

bp = Blueprint("consents", __name__, url_prefix="/consents")
PURPOSE = "<any(pairing, publicity, photo):purpose>"
GIVING = "consents.give_consent"
ROOM_FOR_WORDS = 2**16
TYPES = {FileKind.JPEG: "image/jpeg", FileKind.PDF: "application/pdf"}  # as they are kept


@bp.app_template_global("consent_states")
def consent_states(household: Household) -> list[PurposeState]:
    """Return how a household stands to every purpose, for the page of its file."""
    return states_of(current_session(), household, clock.today())


@bp.get("/<int:household_id>")
def show_consents(household_id: int) -> ResponseReturnValue:
    """What a household has agreed to, and on which words."""
    household = get_scoped(current_session(), Household, household_id, current_user)
    states = states_of(current_session(), household, clock.today())
    page = render_template("consents/show.html", household=household, states=states)
    note_read(household)
    return page


@bp.get(f"/<int:household_id>/{PURPOSE}/new")
def new_consent(household_id: int, purpose: str) -> ResponseReturnValue:
    """Ask who agreed, how, and who decided for the children."""
    household = get_scoped(current_session(), Household, household_id, current_user)
    form = GiveConsentForm(formdata=None).ask(household, Purpose(purpose))
    page = _giving(household, Purpose(purpose), form)
    note_read(household)
    return page


@bp.post(f"/<int:household_id>/{PURPOSE}")
def give_consent(household_id: int, purpose: str) -> ResponseReturnValue:
    """Write down that a household agrees; the signed form is looked through before the transaction."""
    what, back = Purpose(purpose), url_for(".show_consents", household_id=household_id)
    household = get_scoped(current_session(), Household, household_id, current_user)
    form = GiveConsentForm().ask(household, what)
    papers = _inspected(form) if form.validate_on_submit() else None
    if papers is None:
        return _giving(household, what, form), 422
    with transaction() as session:
        if first := claim_form(session, form):
            return redirect(first, 303)
        household = get_scoped(session, Household, household_id, current_user, lock=True)
        services.give_consent(session, household, what, form.agreement(*papers), current_user, clock.now())
        settle_form(session, form, back)
    flash(_("同意已登记"))
    return redirect(back, 303)


@bp.get("/<int:household_id>/evidence/<int:consent_id>")
def show_evidence(household_id: int, consent_id: int) -> Response:
    """Hand out the signed form of a consent."""
    household = get_scoped(current_session(), Household, household_id, current_user)
    paper = get_evidence(current_session(), household, consent_id)
    name, content = f"consent-{consent_id}.{paper.kind.value}", open_file(paper)
    answer = attachment(content, name, TYPES[paper.kind])
    note_read(household)
    return answer


@bp.get(f"/<int:household_id>/{PURPOSE}/paper")
def print_form(household_id: int, purpose: str) -> ResponseReturnValue:
    """Show the form that a household signs, for the printer."""
    household = get_scoped(current_session(), Household, household_id, current_user)
    today = clock.today()
    path = area_path(current_session(), household.area_code)
    text, children = text_on(Purpose(purpose), today), children_of(household, today)
    page = render_template(
        "consents/paper.html", household=household, text=text, children=children, path=path
    )
    note_read(household)
    return page


@bp.url_value_preprocessor
def allow_for_paper(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let the form weigh as much as the paper that comes with it; it is asked before anything reads it."""
    if endpoint == GIVING:
        request.max_content_length = MOST_BYTES + ROOM_FOR_WORDS


def _inspected(form: GiveConsentForm) -> tuple[SoundFile, ...] | None:
    """Look through the signed form, if one came; None where it is refused, which then stands at the field."""
    try:
        upload = form.evidence.data
        return (inspect_file(upload.read(), upload.filename, PAPERS),) if upload else ()
    except Infected as found:
        tell_refusal("refused", found.code, status=422)
        form.evidence.errors = [found.message]
    except FileRefused as refused:
        form.evidence.errors = [refused.message]
    return None


def _giving(household: Household, purpose: Purpose, form: GiveConsentForm) -> str:
    text = text_on(purpose, clock.today())
    return render_template("consents/new.html", household=household, purpose=purpose, form=form, text=text)

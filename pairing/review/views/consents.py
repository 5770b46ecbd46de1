"""A household takes a consent back, and what must end because of that."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.accounts.queries import get_scoped
from pairing.audit.access import note_read
from pairing.consents.forms import WithdrawConsentForm
from pairing.consents.models import Consent
from pairing.consents.queries import get_standing
from pairing.consents.rules import Purpose
from pairing.db import current_session, transaction
from pairing.households.models import Household
from pairing.review import services
from pairing.review.queries.consents import list_pairings_to_end, list_proposals_to_end
from pairing.review.views.sending import bp

PURPOSE = "<any(pairing, publicity, photo):purpose>"


@bp.get("/withdrawn")
def list_withdrawn() -> ResponseReturnValue:
    """Pairings and open proposals of households that took their consent back."""
    session = current_session()
    pairings = list_pairings_to_end(session, current_user)
    proposals = list_proposals_to_end(session, current_user)
    return render_template("review/withdrawn.html", pairings=pairings, proposals=proposals)


@bp.get(f"/households/<int:household_id>/{PURPOSE}/withdraw")
def new_withdrawal(household_id: int, purpose: str) -> ResponseReturnValue:
    """Ask how and when the household took its yes back, and say what follows."""
    household = get_scoped(current_session(), Household, household_id, current_user)
    consent = get_standing(current_session(), household, Purpose(purpose))
    page = _page(household, consent, WithdrawConsentForm(consent.given_on, formdata=None))
    note_read(household)
    return page


@bp.post(f"/households/<int:household_id>/{PURPOSE}/withdraw")
def withdraw_consent(household_id: int, purpose: str) -> ResponseReturnValue:
    """Note that a household takes its yes back."""
    with transaction() as session:
        household = get_scoped(session, Household, household_id, current_user, lock=True)
        consent = get_standing(session, household, Purpose(purpose))
        form = WithdrawConsentForm(consent.given_on)
        if not form.validate_on_submit():
            return _page(household, consent, form), 422
        told = form.withdrawn_how.data, form.withdrawn_on.data
        services.withdraw_consent(session, consent, *told, current_user, clock.now())
    flash(_("撤回已登记"))
    return redirect(url_for("consents.show_consents", household_id=household_id), 303)


def _page(household: Household, consent: Consent, form: WithdrawConsentForm) -> str:
    return render_template("consents/withdraw.html", household=household, consent=consent, form=form)

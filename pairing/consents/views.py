"""Pages of consents: how a household stands, a yes written down, the form on paper.

Taking it back stands in `review`, which knows what must end with it.
"""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.accounts.queries import get_scoped
from pairing.areas.queries import area_path
from pairing.consents import services
from pairing.consents.forms import GiveConsentForm
from pairing.consents.queries import PurposeState, children_of, states_of
from pairing.consents.rules import Purpose, text_on
from pairing.db import current_session, transaction
from pairing.households.models import Household

bp = Blueprint("consents", __name__, url_prefix="/consents")
PURPOSE = "<any(pairing, publicity, photo):purpose>"


@bp.app_template_global("consent_states")
def consent_states(household: Household) -> list[PurposeState]:
    """Return how a household stands to every purpose, for the page of its file."""
    return states_of(current_session(), household, clock.today())


@bp.get("/<int:household_id>")
def show_consents(household_id: int) -> ResponseReturnValue:
    """What a household has agreed to, and on which words."""
    household = get_scoped(current_session(), Household, household_id, current_user)
    states = states_of(current_session(), household, clock.today())
    return render_template("consents/show.html", household=household, states=states)


@bp.get(f"/<int:household_id>/{PURPOSE}/new")
def new_consent(household_id: int, purpose: str) -> ResponseReturnValue:
    """Ask who agreed, how, and who decided for the children."""
    household = get_scoped(current_session(), Household, household_id, current_user)
    form = GiveConsentForm(formdata=None).ask(household, Purpose(purpose))
    return _giving(household, Purpose(purpose), form)


@bp.post(f"/<int:household_id>/{PURPOSE}")
def give_consent(household_id: int, purpose: str) -> ResponseReturnValue:
    """Write down that a household agrees."""
    what = Purpose(purpose)
    with transaction() as session:
        household = get_scoped(session, Household, household_id, current_user, lock=True)
        form = GiveConsentForm().ask(household, what)
        if not form.validate_on_submit():
            return _giving(household, what, form), 422
        services.give_consent(session, household, what, form.agreement(), current_user, clock.now())
    flash(_("同意已登记"))
    return redirect(url_for(".show_consents", household_id=household_id), 303)


@bp.get(f"/<int:household_id>/{PURPOSE}/paper")
def print_form(household_id: int, purpose: str) -> ResponseReturnValue:
    """Show the form that a household signs, for the printer."""
    household = get_scoped(current_session(), Household, household_id, current_user)
    today = clock.today()
    path = area_path(current_session(), household.area_code)
    text, children = text_on(Purpose(purpose), today), children_of(household, today)
    return render_template(
        "consents/paper.html", household=household, text=text, children=children, path=path
    )


def _giving(household: Household, purpose: Purpose, form: GiveConsentForm) -> str:
    text = text_on(purpose, clock.today())
    return render_template("consents/new.html", household=household, purpose=purpose, form=form, text=text)

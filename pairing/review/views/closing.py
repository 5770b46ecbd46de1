"""A household leaves the register."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.accounts.queries import get_scoped
from pairing.audit.access import note_read
from pairing.db import current_session, transaction
from pairing.households.models import Household
from pairing.review import services
from pairing.review.forms import CloseHouseholdForm
from pairing.review.queries.closing import list_ties
from pairing.review.views.sending import bp


@bp.get("/households/<int:household_id>/close")
def show_closing(household_id: int) -> ResponseReturnValue:
    """Say what ends when this household leaves."""
    household = get_scoped(current_session(), Household, household_id, current_user)
    page = _page(household, CloseHouseholdForm())
    note_read(household)
    return page


def _page(household: Household, form: CloseHouseholdForm) -> str:
    ties = list_ties(current_session(), household.id)
    return render_template("review/closing.html", household=household, ties=ties, form=form)


@bp.post("/households/<int:household_id>/close")
def close_household(household_id: int) -> ResponseReturnValue:
    """Staff close the file and what is under way for it."""
    form, file = CloseHouseholdForm(), url_for("households.show_household", household_id=household_id)
    with transaction() as session:
        household = get_scoped(session, Household, household_id, current_user, lock=True)
        if not form.validate_on_submit():
            return _page(household, form), 422
        services.close_household(session, household, current_user, form.reason.data or "", clock.now())
    flash(_("该户已退出,不再参加匹配;档案保留"))
    return redirect(file, 303)

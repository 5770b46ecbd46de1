"""One pairing, and its end."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.audit.access import note_read
from pairing.db import current_session, transaction
from pairing.review import services
from pairing.review.forms import EndPairingForm
from pairing.review.queries.pairings import PairingFile, get_pairing_file
from pairing.review.views.sending import bp


@bp.get("/pairings/<int:pairing_id>")
def show_pairing(pairing_id: int) -> ResponseReturnValue:
    """One pairing: both sides, its visits, and the form that ends it."""
    file = get_pairing_file(current_session(), pairing_id, current_user, clock.today())
    page = _page(file, EndPairingForm())
    note_read(file.household)
    note_read(file.volunteer)
    return page


def _page(file: PairingFile, form: EndPairingForm) -> str:
    return render_template("review/pairing.html", file=file, form=form, today=clock.today())


@bp.post("/pairings/<int:pairing_id>/end")
def end_pairing(pairing_id: int) -> ResponseReturnValue:
    """Staff end a pairing; what was planned is cancelled."""
    form, here = EndPairingForm(), url_for(".show_pairing", pairing_id=pairing_id)
    with transaction() as session:
        file = get_pairing_file(session, pairing_id, current_user, clock.today())
        if not form.validate_on_submit():
            return _page(file, form), 422
        why = form.reason.data, form.note.data or ""
        services.end_pairing(session, file.pairing, current_user, *why, clock.now())
    flash(_("结对已结束,之后的走访已取消"))
    return redirect(here, 303)

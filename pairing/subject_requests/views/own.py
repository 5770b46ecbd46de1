"""My personal information: everything that is kept, a copy of it, and what to ask for."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.db import current_session, transaction
from pairing.subject_requests import services
from pairing.subject_requests.forms import AskForm, CopyForm
from pairing.subject_requests.queries import dossier_of, list_own_requests, subject_of, time_all
from pairing.subject_requests.views.blueprint import bp, copy_answer


@bp.get("/my-data")
def show_my_data() -> ResponseReturnValue:
    """Everything that is kept about the person, and what was asked for."""
    return _page(AskForm())


@bp.post("/my-data/copy")
def copy_my_data() -> ResponseReturnValue:
    """Give the person a copy of everything, with nobody else's data in it."""
    form = CopyForm()
    if not form.validate_on_submit():
        return _page(AskForm(formdata=None), form), 422
    with transaction() as session:
        about, row = subject_of(session, current_user)
        sections = dossier_of(session, about, row, is_whole=True)
        services.note_copy(session, row, current_user, form.format.data.value, clock.now())
    return copy_answer(sections, form.format.data)


@bp.post("/my-data/requests")
def ask_request() -> ResponseReturnValue:
    """Take a request of the person; the office answers within fifteen working days."""
    form = AskForm()
    if not form.validate_on_submit():
        return _page(form), 422
    with transaction() as session:
        asked = services.ask_request(session, form.kind.data, form.words.data, current_user, clock.now())
        day = asked.due_on
    flash(_("请求已提交,工作人员最迟 %(day)s 答复您", day=day.isoformat()))
    return redirect(url_for(".show_my_data"), 303)


def _page(form: AskForm, copy_form: CopyForm | None = None) -> str:
    session = current_session()
    about, row = subject_of(session, current_user)
    return render_template(
        "subject_requests/mine.html",
        form=form,
        copy_form=copy_form or CopyForm(formdata=None),
        sections=dossier_of(session, about, row, is_whole=False),
        timed=time_all(session, list_own_requests(session, current_user), clock.today()),
    )

"""Requests as staff see them: the list with its clocks, one request, its answer."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.queries import get_scoped
from pairing.audit.access import note_read
from pairing.db import current_session, transaction
from pairing.subject_requests import services
from pairing.subject_requests.forms import AnswerForm, CopyForm, FilterRequestsForm, ReceiveForm
from pairing.subject_requests.models import About, SubjectRequest
from pairing.subject_requests.queries import dossier_of, get_row, time_all, title_of, titles_of
from pairing.subject_requests.queries import list_requests as requests_of
from pairing.subject_requests.queries.requests import MODELS, Row
from pairing.subject_requests.views.blueprint import bp, copy_answer
from pairing.web.filters import translate
from pairing.web.paging import requested_page

ABOUT = "<any(household, volunteer, enterprise):about>/<int:about_id>"


@bp.get("/subject-requests")
def list_requests() -> ResponseReturnValue:
    """What people of the area asked for, the most urgent first."""
    form, session = FilterRequestsForm(request.args), current_session()
    page = requested_page(session, requests_of(current_user, form.status.data))
    timed = time_all(session, page.rows, clock.today())
    titles = titles_of(session, page.rows, current_user)
    return render_template("subject_requests/list.html", page=page, timed=timed, titles=titles, form=form)


@bp.get(f"/subject-requests/{ABOUT}/new")
def new_request(about: str, about_id: int) -> ResponseReturnValue:
    """Ask what the person wants."""
    return _new_page(About(about), _row(current_session(), about, about_id), ReceiveForm())


@bp.post(f"/subject-requests/{ABOUT}")
def receive_request(about: str, about_id: int) -> ResponseReturnValue:
    """Write down what the person asked for; the clock starts."""
    form = ReceiveForm()
    with transaction() as session:
        row = _row(session, about, about_id)
        if not form.validate_on_submit():
            return _new_page(About(about), row, form), 422
        made = services.receive_request(session, About(about), row, form.values(), current_user, clock.now())
        page, day = url_for(".show_request", request_id=made.id), made.due_on
    flash(_("已登记,最迟 %(day)s 答复本人", day=day.isoformat()))
    return redirect(page, 303)


@bp.get("/subject-requests/<int:request_id>")
def show_request(request_id: int) -> ResponseReturnValue:
    """One request, and what can be done."""
    asked = _asked(current_session(), request_id)
    page = _page(asked)
    note_read(get_row(current_session(), asked))
    return page


@bp.post("/subject-requests/<int:request_id>/copy")
def copy_file(request_id: int) -> ResponseReturnValue:
    """Give staff the copy that the person asked for; who took it out stands in the trail."""
    form = CopyForm()
    with transaction() as session:
        asked = _asked(session, request_id, lock=True)
        if not form.validate_on_submit():
            return _page(asked), 422
        row = services.check_copy(session, asked, current_user)
        sections = dossier_of(session, asked.about, row, is_whole=True)
        services.note_copy(session, row, current_user, form.format.data.value, clock.now(), asked)
    return copy_answer(sections, form.format.data)


@bp.post("/subject-requests/<int:request_id>/<any(done, refused):outcome>")
def answer_request(request_id: int, outcome: str) -> ResponseReturnValue:
    """Close a request with an answer."""
    form = AnswerForm()
    with transaction() as session:
        asked = _asked(session, request_id, lock=True)
        if not form.validate_on_submit():
            return _page(asked, form), 422
        granted = outcome == "done"
        services.answer_request(session, asked, granted, form.answer.data, current_user, clock.now())
    flash(_("已办结,答复已留存"))
    return redirect(url_for(".show_request", request_id=request_id), 303)


@bp.post("/subject-requests/<int:request_id>/erase")
def erase_data(request_id: int) -> ResponseReturnValue:
    """Delete what may be deleted, and close the request."""
    with transaction() as session:
        asked = _asked(session, request_id, lock=True)
        words = services.erase_data(session, asked, current_user, clock.now())
    flash(translate(words))
    return redirect(url_for(".show_request", request_id=request_id), 303)


def _asked(session: Session, request_id: int, lock: bool = False) -> SubjectRequest:
    """Return a request whose person is there for the reader today, wherever it was written down."""
    asked = get_scoped(session, SubjectRequest, request_id, current_user, lock=lock)
    get_scoped(session, MODELS[asked.about], asked.about_id, current_user)
    return asked


def _row(session: Session, about: str, about_id: int) -> Row:
    row: Row = get_scoped(session, MODELS[About(about)], about_id, current_user)
    return row


def _new_page(about: About, row: Row, form: ReceiveForm) -> str:
    return render_template(
        "subject_requests/new.html", form=form, about=about, about_id=row.id, title=title_of(row)
    )


def _page(asked: SubjectRequest, form: AnswerForm | None = None) -> str:
    session = current_session()
    row = get_row(session, asked)
    return render_template(
        "subject_requests/show.html",
        asked=asked,
        clock=time_all(session, [asked], clock.today())[0].clock,
        row=row,
        title=title_of(row),
        form=form or AnswerForm(formdata=None),
        copy_form=CopyForm(formdata=None),
    )

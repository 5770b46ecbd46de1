"""Pages of volunteers: registering alone, the register of staff, one's own page."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.accounts.forms import RevealForm
from pairing.accounts.models import User
from pairing.accounts.queries import get_own, get_scoped
from pairing.accounts.rules import knows_by_duty
from pairing.areas.queries import area_names, area_path
from pairing.audit.access import note_read
from pairing.audit.queries import who_changed
from pairing.audit.services import record
from pairing.db import current_session, transaction
from pairing.privacy.search import SearchForm, keep_term, kept_term
from pairing.submissions.forms import first_answer, is_first
from pairing.volunteers import queries, services
from pairing.volunteers.forms import (
    EditOfferForm,
    EditVolunteerForm,
    FilterVolunteersForm,
    RegisterVolunteerForm,
    RegistrationForm,
)
from pairing.volunteers.models import Volunteer
from pairing.web.addresses import kept_arguments
from pairing.web.merging import answer_clash, find_clash, once_more_if_stale, settled
from pairing.web.paging import requested_page

bp = Blueprint("volunteers", __name__, url_prefix="/volunteers")
MOVES = {
    "pause": services.pause_volunteer,
    "resume": services.resume_volunteer,
    "leave": services.leave_volunteer,
}
OWN_MOVES = {"pause": services.pause_volunteer, "resume": services.resume_self}


@bp.get("/registration")
def new_registration() -> ResponseReturnValue:
    """Ask who wants to help."""
    return render_template("volunteers/registration.html", form=RegistrationForm())


@bp.post("/registration")
def submit_registration() -> ResponseReturnValue:
    """Keep a new volunteer and account; both wait for staff."""
    form, done = RegistrationForm(), url_for(".show_registered")
    if first := first_answer(form):
        return redirect(first, 303)
    if not form.validate_on_submit():
        return render_template("volunteers/registration.html", form=form), 422
    account = form.account()  # hashes the password, which is too slow for a transaction
    with transaction() as session:
        if is_first(session, form, done):
            services.apply_as_volunteer(session, form.values(), account, clock.now())
    return redirect(done, 303)


@bp.get("/registration/done")
def show_registered() -> ResponseReturnValue:
    """Say what happens next."""
    return render_template("volunteers/registered.html")


@bp.get("")
def list_volunteers() -> ResponseReturnValue:
    """The register of the area."""
    form, term = FilterVolunteersForm(request.args), kept_term("volunteers")
    found = queries.list_volunteers(current_user, form.narrow(term))
    return render_template(
        "volunteers/list.html",
        page=requested_page(current_session(), found),
        form=form,
        search=SearchForm(term=term),
        names=area_names(current_session(), current_user.scope_code),
        waiting=queries.count_pending_volunteers(current_session(), current_user),
    )


@bp.post("/search")
def search_volunteers() -> ResponseReturnValue:
    """Keep what is looked for, so that no name or number stands in an address."""
    keep_term("volunteers")
    return redirect(url_for(".list_volunteers", **kept_arguments()), 303)


@bp.get("/new")
def new_volunteer() -> ResponseReturnValue:
    """Ask for the facts of a volunteer."""
    return render_template("volunteers/new.html", form=RegisterVolunteerForm())


@bp.post("")
def register_volunteer() -> ResponseReturnValue:
    """Take somebody into the register."""
    form = RegisterVolunteerForm()
    if not form.validate_on_submit():
        return render_template("volunteers/new.html", form=form), 422
    with transaction() as session:
        volunteer = services.register_volunteer(session, form.values(), current_user, clock.now())
    flash(_("志愿者已登记,下一次匹配会考虑这位志愿者"))
    return redirect(url_for(".show_volunteer", volunteer_id=volunteer.id), 303)


@bp.get("/<int:volunteer_id>")
def show_volunteer(volunteer_id: int) -> ResponseReturnValue:
    """One volunteer, as staff see it."""
    volunteer = get_scoped(current_session(), Volunteer, volunteer_id, current_user)
    if volunteer.anonymised_at:
        return render_template("volunteers/anonymised.html", volunteer=volunteer), 410
    page = _volunteer_page(volunteer)
    note_read(volunteer)
    return page


@bp.post("/<int:volunteer_id>/reveal")
def reveal_volunteer(volunteer_id: int) -> ResponseReturnValue:
    """Show the telephone once, for a reason that is kept in the trail."""
    form = RevealForm()
    with transaction() as session:
        volunteer = get_scoped(session, Volunteer, volunteer_id, current_user)
        services.check_living(volunteer)
        if not form.validate_on_submit():
            return _volunteer_page(volunteer, form), 422
        reason = {"reason": form.why.data.value}
        record(session, current_user, "reveal_volunteer", volunteer, clock.now(), reason)
    return _volunteer_page(volunteer, is_revealed=True)


@bp.get("/<int:volunteer_id>/edit")
def edit_volunteer(volunteer_id: int) -> ResponseReturnValue:
    """Show the facts for change."""
    volunteer = get_scoped(current_session(), Volunteer, volunteer_id, current_user)
    shown = queries.shown_of(volunteer, False, clock.today())
    form = EditVolunteerForm.of(volunteer, knows_by_duty(current_user.role))
    page = render_template("volunteers/edit.html", form=form, volunteer=volunteer, shown=shown)
    note_read(volunteer)
    return page


@bp.post("/<int:volunteer_id>")
def update_volunteer(volunteer_id: int) -> ResponseReturnValue:
    """Change the facts; whoever was slower than somebody else chooses part by part, and loses nothing."""
    return once_more_if_stale(lambda: _save(volunteer_id))


def _save(volunteer_id: int) -> ResponseReturnValue:
    form = EditVolunteerForm(settled())
    with transaction() as session:
        volunteer = get_scoped(session, Volunteer, volunteer_id, current_user, lock=True)
        if not form.validate_on_submit():
            shown = queries.shown_of(volunteer, False, clock.today())
            return render_template("volunteers/edit.html", form=form, volunteer=volunteer, shown=shown), 422
        if (answer := _clash(form, volunteer)) is not None:
            return answer
        values, version = form.changed(volunteer), volunteer.version
        services.update_volunteer(session, volunteer, values, version, current_user, clock.now())
    flash(_("登记已更新"))
    return redirect(url_for(".show_volunteer", volunteer_id=volunteer_id), 303)


def _clash(form: EditVolunteerForm, volunteer: Volunteer) -> ResponseReturnValue | None:
    """Answer with what differs where somebody else has changed the row; None if nobody has."""
    is_open_book = knows_by_duty(current_user.role)
    stored = EditVolunteerForm.of(volunteer, is_open_book)
    hidden = queries.hidden_facts(volunteer, is_open_book)
    return answer_clash(
        find_clash(form, stored, hidden, volunteer.version),
        heading=_("%(name)s:两边都有修改", name=volunteer.name),
        who=who_changed(current_session(), volunteer),
        when=volunteer.updated_at,
        save_url=url_for(".update_volunteer", volunteer_id=volunteer.id),
        back_url=url_for(".show_volunteer", volunteer_id=volunteer.id),
    )


@bp.post("/<int:volunteer_id>/<any(approve, refuse):decision>")
def decide_volunteer(volunteer_id: int, decision: str) -> ResponseReturnValue:
    """Let somebody who registered alone in, or not."""
    approve = decision == "approve"
    with transaction() as session:
        volunteer = get_scoped(session, Volunteer, volunteer_id, current_user, lock=True)
        services.decide_volunteer(session, volunteer, current_user, approve, clock.now())
    flash(_("已通过,本人现在可以登录") if approve else _("未通过,本人不能登录"))
    return redirect(url_for(".show_volunteer", volunteer_id=volunteer_id), 303)


@bp.post("/<int:volunteer_id>/<any(pause, resume, leave):deed>")
def move_volunteer(volunteer_id: int, deed: str) -> ResponseReturnValue:
    """Pause, resume or let go somebody who told the staff so."""
    with transaction() as session:
        volunteer = get_scoped(session, Volunteer, volunteer_id, current_user, lock=True)
        MOVES[deed](session, volunteer, current_user, clock.now())
    flash(_("状态已更新"))
    return redirect(url_for(".show_volunteer", volunteer_id=volunteer_id), 303)


@bp.get("/me")
def show_me() -> ResponseReturnValue:
    """One's own registration."""
    volunteer = get_own(current_session(), Volunteer, current_user)
    path = area_path(current_session(), volunteer.area_code)
    return render_template("volunteers/me.html", volunteer=volunteer, path=path)


@bp.get("/me/edit")
def edit_me() -> ResponseReturnValue:
    """Show one's own offer for change."""
    volunteer = get_own(current_session(), Volunteer, current_user)
    return render_template("volunteers/edit_me.html", form=EditOfferForm.of(volunteer))


@bp.post("/me")
def update_me() -> ResponseReturnValue:
    """Change one's own offer."""
    form = EditOfferForm()
    if not form.validate_on_submit():
        return render_template("volunteers/edit_me.html", form=form), 422
    with transaction() as session:
        volunteer = get_own(session, Volunteer, current_user, lock=True)
        services.update_offer(session, volunteer, form.values(), current_user, clock.now())
    flash(_("已保存,下一次匹配按新的时间和特长安排"))
    return redirect(url_for(".show_me"), 303)


@bp.post("/me/<any(pause, resume):deed>")
def pause_me(deed: str) -> ResponseReturnValue:
    """Be asked no more for a while, or again."""
    with transaction() as session:
        volunteer = get_own(session, Volunteer, current_user, lock=True)
        OWN_MOVES[deed](session, volunteer, current_user, clock.now())
    flash(_("已暂停,不再收到新的结对建议") if deed == "pause" else _("已恢复,下一次匹配会考虑您"))
    return redirect(url_for(".show_me"), 303)


def _volunteer_page(
    volunteer: Volunteer, reveal_form: RevealForm | None = None, is_revealed: bool = False
) -> str:
    """Show a volunteer; full for duty in the own community, or once for a reason; others see it masked."""
    is_open_book = is_revealed or knows_by_duty(current_user.role)
    return render_template(
        "volunteers/show.html",
        volunteer=volunteer,
        account=current_session().get(User, volunteer.user_id) if volunteer.user_id else None,
        claimant=current_session().get(User, volunteer.claimed_by_id) if volunteer.claimed_by_id else None,
        path=area_path(current_session(), volunteer.area_code),
        shown=queries.shown_of(volunteer, is_open_book, clock.today()),
        is_open_book=is_open_book,
        reveal_form=reveal_form or RevealForm(formdata=None),
        reveal_url=url_for(".reveal_volunteer", volunteer_id=volunteer.id),
    )

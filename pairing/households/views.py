"""Pages of households: the register, the file, its changes."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.accounts.forms import RevealForm
from pairing.accounts.queries import get_scoped
from pairing.accounts.rules import knows_by_duty
from pairing.areas.queries import area_names, area_path
from pairing.audit.access import note_read
from pairing.audit.queries import who_changed
from pairing.audit.services import record
from pairing.db import current_session, transaction
from pairing.households import services
from pairing.households.forms import (
    AddNeedForm,
    EditHouseholdForm,
    FilterHouseholdsForm,
    RegisterHouseholdForm,
)
from pairing.households.models import Household, NeedStatus
from pairing.households.queries import get_need, hidden_facts, masked_facts, shown_of
from pairing.households.queries import list_households as households_of
from pairing.privacy.search import SearchForm, keep_term, kept_term
from pairing.web.addresses import kept_arguments
from pairing.web.form import BaseForm
from pairing.web.merging import answer_clash, find_clash, once_more_if_stale, settled
from pairing.web.paging import requested_page

bp = Blueprint("households", __name__, url_prefix="/households")
MOST_MEMBERS = 20


@bp.get("")
def list_households() -> ResponseReturnValue:
    """The register of the area."""
    form, term = FilterHouseholdsForm(request.args), kept_term("households")
    found = households_of(current_user, form.narrow(term))
    page = requested_page(current_session(), found)
    return render_template(
        "households/list.html",
        page=page,
        form=form,
        search=SearchForm(term=term),
        names=area_names(current_session(), current_user.scope_code),
    )


@bp.post("/search")
def search_households() -> ResponseReturnValue:
    """Keep what is looked for, so that no name or number stands in an address."""
    keep_term("households")
    return redirect(url_for(".list_households", **kept_arguments()), 303)


@bp.get("/new")
def new_household() -> ResponseReturnValue:
    """Ask for the facts of a new file."""
    return render_template("households/new.html", form=RegisterHouseholdForm())


@bp.post("")
def register_household() -> ResponseReturnValue:
    """Open a file, or show the form again with one more row for a member."""
    form = RegisterHouseholdForm()
    if (answer := _unfinished(form, "households/new.html")) is not None:
        return answer
    with transaction() as session:
        values = form.values(form.head_identity.data, form.need_values())
        household = services.register_household(session, values, current_user, clock.now())
    flash(_("档案 %(number)s 已建立,下一次匹配会为这户寻找志愿者", number=household.file_no))
    return redirect(url_for(".show_household", household_id=household.id), 303)


@bp.get("/<int:household_id>")
def show_household(household_id: int) -> ResponseReturnValue:
    """One household, one file."""
    household = get_scoped(current_session(), Household, household_id, current_user)
    if household.anonymised_at:
        return render_template("households/anonymised.html", household=household), 410
    page = _file_page(household)
    note_read(household)
    return page


@bp.post("/<int:household_id>/reveal")
def reveal_household(household_id: int) -> ResponseReturnValue:
    """Show the file in full once, for a reason that is kept in the trail."""
    form = RevealForm()
    with transaction() as session:
        household = get_scoped(session, Household, household_id, current_user)
        services.check_living(household)
        if not form.validate_on_submit():
            return _file_page(household, reveal_form=form), 422
        reason = {"reason": form.why.data.value}
        record(session, current_user, "reveal_household", household, clock.now(), reason)
    return _file_page(household, is_revealed=True)


@bp.get("/<int:household_id>/edit")
def edit_household(household_id: int) -> ResponseReturnValue:
    """Show the facts for change."""
    household = get_scoped(current_session(), Household, household_id, current_user)
    services.check_living(household)
    form = EditHouseholdForm.of(household, _is_open_book())
    page = {"household": household, "known": masked_facts(household, _is_open_book())}
    answer = render_template("households/edit.html", form=form, **page)
    note_read(household)
    return answer


@bp.post("/<int:household_id>")
def update_household(household_id: int) -> ResponseReturnValue:
    """Change the facts; whoever was slower than somebody else chooses part by part, and loses nothing."""
    return once_more_if_stale(lambda: _save(household_id))


def _save(household_id: int) -> ResponseReturnValue:
    form = EditHouseholdForm(settled())
    with transaction() as session:
        household = get_scoped(session, Household, household_id, current_user, lock=True)
        services.check_living(household)
        page = {"household": household, "known": masked_facts(household, _is_open_book())}
        if (answer := _unfinished(form, "households/edit.html", **page)) is not None:
            return answer
        if (answer := _clash(form, household)) is not None:
            return answer
        values = form.changed(household, _is_open_book())
        services.update_household(session, household, values, household.version, current_user, clock.now())
    flash(_("档案已更新"))
    return redirect(url_for(".show_household", household_id=household_id), 303)


def _clash(form: EditHouseholdForm, household: Household) -> ResponseReturnValue | None:
    """Answer with what differs where somebody else has changed the file; None if nobody has."""
    hidden = hidden_facts(household, _is_open_book())
    stored = EditHouseholdForm.of(household, _is_open_book())
    return answer_clash(
        find_clash(form, stored, hidden, household.version),
        heading=_("%(name)s:两边都有修改", name=household.head_name),
        who=who_changed(current_session(), household),
        when=household.updated_at,
        save_url=url_for(".update_household", household_id=household.id),
        back_url=url_for(".show_household", household_id=household.id),
    )


@bp.post("/<int:household_id>/needs")
def add_need(household_id: int) -> ResponseReturnValue:
    """Write down one more need."""
    form, page = AddNeedForm(), url_for(".show_household", household_id=household_id)
    with transaction() as session:
        household = get_scoped(session, Household, household_id, current_user, lock=True)
        services.check_living(household)
        if not form.validate_on_submit():
            return _file_page(household, need_form=form), 422
        services.add_need(session, household, form.values(), current_user, clock.now())
    flash(_("需求已登记"))
    return redirect(page, 303)


@bp.post("/<int:household_id>/needs/<int:need_id>/<any(met, dropped):status>")
def settle_need(household_id: int, need_id: int, status: str) -> ResponseReturnValue:
    """Note that a need is met or asked for no longer."""
    with transaction() as session:
        household = get_scoped(session, Household, household_id, current_user, lock=True)
        need = get_need(session, household, need_id)
        services.settle_need(session, need, NeedStatus(status), current_user, clock.now())
    flash(_("需求已更新"))
    return redirect(url_for(".show_household", household_id=household_id), 303)


def _unfinished(
    form: RegisterHouseholdForm | EditHouseholdForm, template: str, **page: object
) -> ResponseReturnValue | None:
    """Answer a form that asks for one more row, or that has errors; None if it is complete."""
    if "add_member" in request.form and len(form.members) < MOST_MEMBERS:
        form.members.append_entry()
        return render_template(template, form=form, grown=True, **page)
    if not form.validate_on_submit():
        return render_template(template, form=form, **page), 422
    return None


def _file_page(household: Household, is_revealed: bool = False, **forms: BaseForm) -> str:
    """Show the file; full for duty in the own community, or once for a reason; others see it masked."""
    is_open_book = is_revealed or _is_open_book()
    empty = {
        "need_form": AddNeedForm(formdata=None),
        "reveal_form": RevealForm(formdata=None),
    }
    return render_template(
        "households/file.html",
        household=household,
        path=area_path(current_session(), household.area_code),
        scope=current_user.scope_code,
        shown=shown_of(household, is_open_book, clock.today()),
        is_open_book=is_open_book,
        reveal_url=url_for(".reveal_household", household_id=household.id),
        **empty | forms,
    )


def _is_open_book() -> bool:
    """Whether it is the reader's duty to know everything: of the people of the own community."""
    return knows_by_duty(current_user.role)

"""Pages of companies: registering alone, the register of staff, one's own pledges."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
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
from pairing.enterprises import queries, services
from pairing.enterprises.forms import (
    AddPledgeForm,
    EditContactForm,
    EditEnterpriseForm,
    FilterEnterprisesForm,
    RegisterEnterpriseForm,
    RegistrationForm,
)
from pairing.enterprises.models import Enterprise, Pledge
from pairing.submissions.forms import first_answer, is_first
from pairing.web.merging import answer_clash, find_clash, once_more_if_stale, settled
from pairing.web.paging import requested_page

bp = Blueprint("enterprises", __name__, url_prefix="/enterprises")
MONEY_PAGE = "review.show_pledge"  # stands above: where the money of a pledge is kept


@bp.get("/registration")
def new_registration() -> ResponseReturnValue:
    """Ask which company wants to give."""
    return render_template("enterprises/registration.html", form=RegistrationForm())


@bp.post("/registration")
def submit_registration() -> ResponseReturnValue:
    """Keep a new company and its account; both wait for staff."""
    form, done = RegistrationForm(), url_for(".show_registered")
    if first := first_answer(form):
        return redirect(first, 303)
    if not form.validate_on_submit():
        return render_template("enterprises/registration.html", form=form), 422
    account = form.account()  # hashes the password, which is too slow for a transaction
    with transaction() as session:
        if is_first(session, form, done):
            services.apply_as_enterprise(session, form.values(), account, clock.now())
    return redirect(done, 303)


@bp.get("/registration/done")
def show_registered() -> ResponseReturnValue:
    """Say what happens next."""
    return render_template("enterprises/registered.html")


@bp.get("")
def list_enterprises() -> ResponseReturnValue:
    """The register of the area."""
    form, session = FilterEnterprisesForm(request.args), current_session()
    found = queries.list_enterprises(current_user, form.narrow())
    page = requested_page(session, found)
    return render_template(
        "enterprises/list.html",
        page=page,
        form=form,
        names=area_names(session, current_user.scope_code),
        pledged=queries.pledged_by_enterprise(session, [row.id for row in page.rows]),
        waiting=queries.count_pending_enterprises(session, current_user),
    )


@bp.get("/new")
def new_enterprise() -> ResponseReturnValue:
    """Ask for the facts of a company."""
    return render_template("enterprises/new.html", form=RegisterEnterpriseForm())


@bp.post("")
def register_enterprise() -> ResponseReturnValue:
    """Take a company into the register."""
    form = RegisterEnterpriseForm()
    if not form.validate_on_submit():
        return render_template("enterprises/new.html", form=form), 422
    with transaction() as session:
        enterprise = services.register_enterprise(session, form.values(), current_user, clock.now())
    flash(_("企业已登记,可以为它登记认捐"))
    return redirect(url_for(".show_enterprise", enterprise_id=enterprise.id), 303)


@bp.get("/<int:enterprise_id>")
def show_enterprise(enterprise_id: int) -> ResponseReturnValue:
    """One company and its pledges, as staff see them."""
    enterprise = get_scoped(current_session(), Enterprise, enterprise_id, current_user)
    page = _enterprise_page(enterprise)
    note_read(enterprise)
    return page


@bp.post("/<int:enterprise_id>/reveal")
def reveal_enterprise(enterprise_id: int) -> ResponseReturnValue:
    """Show the telephone once, for a reason that is kept in the trail."""
    form = RevealForm()
    with transaction() as session:
        enterprise = get_scoped(session, Enterprise, enterprise_id, current_user)
        if not form.validate_on_submit():
            return _enterprise_page(enterprise, form), 422
        reason = {"reason": form.why.data.value}
        record(session, current_user, "reveal_enterprise", enterprise, clock.now(), reason)
    return _enterprise_page(enterprise, is_revealed=True)


@bp.get("/<int:enterprise_id>/edit")
def edit_enterprise(enterprise_id: int) -> ResponseReturnValue:
    """Show the facts for change."""
    enterprise = get_scoped(current_session(), Enterprise, enterprise_id, current_user)
    form = EditEnterpriseForm.of(enterprise, knows_by_duty(current_user.role))
    phone = queries.shown_phone(enterprise, False)
    page = render_template("enterprises/edit.html", form=form, enterprise=enterprise, phone=phone)
    note_read(enterprise)
    return page


@bp.post("/<int:enterprise_id>")
def update_enterprise(enterprise_id: int) -> ResponseReturnValue:
    """Change the facts; whoever was slower than somebody else chooses part by part, and loses nothing."""
    return once_more_if_stale(lambda: _save(enterprise_id))


def _save(enterprise_id: int) -> ResponseReturnValue:
    form = EditEnterpriseForm(settled())
    with transaction() as session:
        enterprise = get_scoped(session, Enterprise, enterprise_id, current_user, lock=True)
        if not form.validate_on_submit():
            page = {"enterprise": enterprise, "phone": queries.shown_phone(enterprise, False)}
            return render_template("enterprises/edit.html", form=form, **page), 422
        if (answer := _clash(form, enterprise)) is not None:
            return answer
        values, version = form.changed(enterprise), enterprise.version
        services.update_enterprise(session, enterprise, values, version, current_user, clock.now())
    flash(_("登记已更新"))
    return redirect(url_for(".show_enterprise", enterprise_id=enterprise_id), 303)


def _clash(form: EditEnterpriseForm, enterprise: Enterprise) -> ResponseReturnValue | None:
    """Answer with what differs where somebody else has changed the row; None if nobody has."""
    is_open_book = knows_by_duty(current_user.role)
    stored = EditEnterpriseForm.of(enterprise, is_open_book)
    hidden = queries.hidden_facts(enterprise, is_open_book)
    return answer_clash(
        find_clash(form, stored, hidden, enterprise.version),
        heading=_("%(name)s:两边都有修改", name=enterprise.name),
        who=who_changed(current_session(), enterprise),
        when=enterprise.updated_at,
        save_url=url_for(".update_enterprise", enterprise_id=enterprise.id),
        back_url=url_for(".show_enterprise", enterprise_id=enterprise.id),
    )


@bp.post("/<int:enterprise_id>/<any(approve, refuse):decision>")
def decide_enterprise(enterprise_id: int, decision: str) -> ResponseReturnValue:
    """Let a company that registered alone in, or not."""
    approve = decision == "approve"
    with transaction() as session:
        enterprise = get_scoped(session, Enterprise, enterprise_id, current_user, lock=True)
        services.decide_enterprise(session, enterprise, current_user, approve, clock.now())
    flash(_("已通过,企业现在可以登录认捐") if approve else _("未通过,企业不能登录"))
    return redirect(url_for(".show_enterprise", enterprise_id=enterprise_id), 303)


@bp.route("/<int:enterprise_id>/pledges/new", methods=["GET", "POST"])
def note_pledge(enterprise_id: int) -> ResponseReturnValue:
    """Staff write down what a company has told them it will give."""
    enterprise = get_scoped(current_session(), Enterprise, enterprise_id, current_user)
    page = url_for(".show_enterprise", enterprise_id=enterprise_id)
    return _add_pledge(enterprise, AddPledgeForm(current_user.scope_code), page)


@bp.get("/me")
def show_me() -> ResponseReturnValue:
    """One's own registration."""
    enterprise = get_own(current_session(), Enterprise, current_user)
    path = area_path(current_session(), enterprise.area_code)
    phone = queries.shown_phone(enterprise, True)
    return render_template("enterprises/me.html", enterprise=enterprise, path=path, phone=phone)


@bp.route("/me/edit", methods=["GET", "POST"])
def edit_me() -> ResponseReturnValue:
    """Say whom to call."""
    form = EditContactForm(obj=get_own(current_session(), Enterprise, current_user))
    if not form.validate_on_submit():
        return render_template("enterprises/edit_me.html", form=form), 422 if form.is_submitted() else 200
    with transaction() as session:
        enterprise = get_own(session, Enterprise, current_user, lock=True)
        contact = (form.contact_name.data, form.contact_phone.data)
        services.update_contact(session, enterprise, *contact, current_user, clock.now())
    flash(_("联系人已更新"))
    return redirect(url_for(".show_me"), 303)


@bp.get("/pledges")
def list_my_pledges() -> ResponseReturnValue:
    """One's own pledges with their conditions."""
    enterprise = get_own(current_session(), Enterprise, current_user)
    pledges = queries.list_shown_pledges(current_session(), enterprise.id)
    return render_template(
        "enterprises/pledges.html", enterprise=enterprise, pledges=pledges, money_page=_money_page()
    )


@bp.route("/pledges/new", methods=["GET", "POST"])
def new_pledge() -> ResponseReturnValue:
    """Ask what the company means to give."""
    enterprise = get_own(current_session(), Enterprise, current_user)
    return _add_pledge(enterprise, AddPledgeForm(enterprise.area_code[:6]), url_for(".list_my_pledges"))


@bp.post("/pledges/<int:pledge_id>/close")
def close_pledge(pledge_id: int) -> ResponseReturnValue:
    """Take no more from one's own pledge."""
    with transaction() as session:
        pledge = get_scoped(session, Pledge, pledge_id, current_user, lock=True)
        services.close_pledge(session, pledge, current_user, clock.now())
    flash(_("这笔认捐已结束,不再安排新的资金;已预留的不受影响"))
    return redirect(url_for(".list_my_pledges"), 303)


def _enterprise_page(
    enterprise: Enterprise, reveal_form: RevealForm | None = None, is_revealed: bool = False
) -> str:
    """Show a company; full for duty in the own community, or once for a reason; others see it masked."""
    session = current_session()
    is_open_book = is_revealed or knows_by_duty(current_user.role)
    return render_template(
        "enterprises/show.html",
        enterprise=enterprise,
        account=session.get(User, enterprise.user_id) if enterprise.user_id else None,
        claimant=session.get(User, enterprise.claimed_by_id) if enterprise.claimed_by_id else None,
        path=area_path(session, enterprise.area_code),
        phone=queries.shown_phone(enterprise, is_open_book),
        pledges=queries.list_shown_pledges(session, enterprise.id),
        money_page=_money_page(),
        is_open_book=is_open_book,
        reveal_form=reveal_form or RevealForm(formdata=None),
        reveal_url=url_for(".reveal_enterprise", enterprise_id=enterprise.id),
    )


def _add_pledge(enterprise: Enterprise, form: AddPledgeForm, page: str) -> ResponseReturnValue:
    """Show the form, or write the pledge down once and go to *page*."""
    if not form.validate_on_submit():
        shown = render_template("enterprises/new_pledge.html", form=form, enterprise=enterprise, back=page)
        return shown, 422 if form.is_submitted() else 200
    with transaction() as session:
        services.add_pledge(session, enterprise, form.values(), current_user, clock.now())
    flash(_("认捐已登记,下一次匹配会按条件寻找需要帮助的家庭;用到哪里都会先征求同意"))
    return redirect(page, 303)


def _money_page() -> str | None:
    return MONEY_PAGE if MONEY_PAGE in current_app.view_functions else None

"""Invitations: staff make a link and hand it over; whoever follows it chooses a password."""

from flask import current_app, flash, redirect, render_template, url_for
from flask import session as signed
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts import queries, services
from pairing.accounts.forms import AcceptInvitationForm
from pairing.accounts.models import Invitation, User
from pairing.accounts.views import cookies
from pairing.accounts.views.cookies import bp
from pairing.accounts.views.door import enter
from pairing.db import current_session, transaction

KEPT = "invitation"  # in the browser's session, so that the link leaves the address at once


@bp.post("/<int:user_id>/<any(invite, reset):kind>")
def invite_user(user_id: int, kind: str) -> ResponseReturnValue:
    """Make a link by which a person chooses a password, and show it this once."""
    with transaction() as session:
        user = queries.get_user(session, user_id, current_user)
        token = services.invite(session, user, current_user, kind == "reset", clock.now())
    link = current_app.config["PAIRING"].site_url + url_for(".open_invitation", token=token)
    return render_template("accounts/invited.html", user=user, link=link)


@bp.get("/invitations/<token>")
def open_invitation(token: str) -> ResponseReturnValue:
    """Take the link out of the address; looking at it uses nothing up and signs nobody out."""
    signed[KEPT] = token[:100]
    return redirect(url_for(".accept_invitation"), 303)


@bp.route("/invitation", methods=["GET", "POST"])
def accept_invitation() -> ResponseReturnValue:
    """Let the invited person choose a password, then go on as after signing in."""
    invited = _invited(current_session())
    if invited is None:
        flash(_("链接已失效或已用过,请向给您链接的工作人员要一个新的"), "warning")
        return redirect(url_for(".sign_in"), 303)
    user, form = invited[1], AcceptInvitationForm(invited[1])
    if not form.validate_on_submit():
        return render_template(
            "accounts/invitation.html", form=form, user=user
        ), 422 if form.is_submitted() else 200
    kept = services.hash_password(form.password.data or "")
    with transaction() as session:
        accepted = services.accept_invitation(session, signed[KEPT], kept, clock.now())
        return redirect(_change_to(session, accepted) if accepted else url_for(".accept_invitation"), 303)


def _change_to(session: Session, user: User) -> str:
    """End what this browser was signed in with, let *user* in, and return where to go on."""
    cookies.leave(session)
    return enter(user)


def _invited(session: Session) -> tuple[Invitation, User] | None:
    found = services.find_invitation(session, signed.get(KEPT, ""), clock.now())
    user = session.get(User, found.user_id) if found else None
    return (found, user) if found and user and user.is_active else None

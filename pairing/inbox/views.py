"""Pages of messages: one's own, those on their way for staff, and the demo's local mailbox."""

from datetime import timedelta

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pairing import clock
from pairing.db import current_session, transaction
from pairing.inbox import queries
from pairing.outbox import services
from pairing.outbox.models import Heartbeat, MessageStatus
from pairing.outbox.queries import list_inbox
from pairing.visits.models import ReminderStatus
from pairing.web.form import BaseForm
from pairing.web.paging import requested_page

ROWS = 20  # messages are read, not scanned
LATE = timedelta(minutes=2)  # reminders tick every 20 seconds

bp = Blueprint("inbox", __name__, url_prefix="/inbox")


@bp.get("")
def list_messages() -> ResponseReturnValue:
    """Show one's own messages, newest first."""
    page = requested_page(current_session(), list_inbox(current_user.id), ROWS)
    return render_template("inbox/list.html", page=page, form=BaseForm())


@bp.post("/<int:message_id>/open")
def open_message(message_id: int) -> ResponseReturnValue:
    """Mark a message as read and go where it leads."""
    with transaction() as session:
        message = queries.get_own_message(session, message_id, current_user)
        services.mark_read(session, message, clock.now())
        link = message.link
    return redirect(link or url_for(".list_messages"), 303)


@bp.post("/read")
def mark_all_read() -> ResponseReturnValue:
    """Mark everything as read."""
    with transaction() as session:
        services.mark_all_read(session, current_user.id, clock.now())
    return redirect(url_for(".list_messages"), 303)


@bp.get("/deliveries")
def list_deliveries() -> ResponseReturnValue:
    """Show what was sent in the area, what waits, and what went wrong."""
    session, shown = current_session(), request.args.get("show", MessageStatus.PARKED.value)
    known = {status.value: status for status in (*MessageStatus, *ReminderStatus)}
    status = known.get(shown, MessageStatus.PARKED)
    listed = queries.list_reminders if isinstance(status, ReminderStatus) else queries.list_sent
    return render_template(
        "inbox/deliveries.html",
        page=requested_page(session, listed(current_user, status), ROWS),
        status=status,
        troubles=queries.count_troubles(session, current_user),
        **_machine(queries.find_heartbeat(session, "reminders")),
    )


def _machine(beat: Heartbeat | None) -> dict[str, object]:
    """Say whether the scheduler ticks and whether there is a mail server."""
    return {
        "beat_at": beat.at if beat else None,
        "is_silent": beat is None or clock.now() - beat.at > LATE,
        "has_server": bool(current_app.config["PAIRING"].smtp_url),
    }


@bp.post("/deliveries/<int:message_id>/retry")
def retry_message(message_id: int) -> ResponseReturnValue:
    """Let a parked e-mail go out again."""
    with transaction() as session:
        message = queries.get_message_in_scope(session, message_id, current_user)
        services.retry_message(session, message, clock.now())
    flash(_("已重新排队,几秒钟后再次发送"))
    return redirect(url_for(".list_deliveries", show=MessageStatus.QUEUED.value), 303)


@bp.get("/mailbox")
def show_mailbox() -> ResponseReturnValue:
    """Show the local mailbox of the demo: what would have gone out by e-mail."""
    settings = current_app.config["PAIRING"]
    if not settings.demo:
        abort(404)
    return render_template("inbox/mailbox.html", letters=queries.list_letters(settings.mailbox_dir))

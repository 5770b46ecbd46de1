"""Telling a volunteer at once what staff changed about a visit."""

from datetime import datetime

from sqlalchemy.orm import Session

from pairing.outbox import services as outbox
from pairing.visits.models import Visit
from pairing.visits.queries import list_recipients
from pairing.visits.services.words import day_words, place_words
from pairing.wording import Wording, _


def tell_moved(session: Session, visit: Visit, before: datetime, now: datetime) -> None:
    """Say that the visit is at another time."""
    day, was = day_words(visit.starts_at), day_words(before)
    subject = _("走访改期:%(day)s", day=day)
    body = _(
        "您的走访(%(place)s)由 %(was)s 改为 %(day)s。如果这个时间不方便,请告诉社区。",
        place=place_words(session, visit),
        was=was,
        day=day,
    )
    _tell(session, visit, subject, body, f"moved:{visit.id}:{visit.version}", now)


def tell_cancelled(session: Session, visit: Visit, now: datetime) -> None:
    """Say that the visit does not take place."""
    day = day_words(visit.starts_at)
    subject = _("走访取消:%(day)s", day=day)
    body = _("%(day)s 的走访(%(place)s)已由社区取消,您不用去了。", day=day, place=place_words(session, visit))
    _tell(session, visit, subject, body, f"cancelled:{visit.id}", now)


def _tell(session: Session, visit: Visit, subject: Wording, body: Wording, key: str, now: datetime) -> None:
    """Write to the volunteer by every way there is; one without account is phoned by whoever changed it."""
    to = list_recipients(session, [visit])[visit.id]
    if to.is_stand_in or to.user_id is None:
        return
    link = f"/visits/mine/{visit.id}"
    outbox.tell(session, to.user_id, to.has_email, subject, body, key, now, link)

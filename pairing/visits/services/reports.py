"""The report that closes a visit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.accounts.queries import list_staff_for
from pairing.audit.services import record
from pairing.errors import RuleBroken
from pairing.files.services import SoundFile, keep_file
from pairing.outbox.models import Channel
from pairing.outbox.services import send
from pairing.visits import rules
from pairing.visits.models import Mood, Topic, Visit, VisitPhoto, VisitReport, VisitStatus
from pairing.visits.queries import may_take_photos
from pairing.visits.services.reminders import cancel_reminders, settle_reminders
from pairing.visits.services.visits import is_day_taken, lock_visit
from pairing.visits.services.words import place_words
from pairing.wording import _


@dataclass(frozen=True)
class ReportValues:
    """What the visitor tells; minutes, topics and mood only where somebody was met."""

    is_met: bool
    visited_on: date
    minutes: int = 0
    topics: tuple[Topic, ...] = ()
    mood: Mood | None = None
    note: str = ""
    photos: tuple[SoundFile, ...] = ()


def report_visit(
    session: Session, visit: Visit, values: ReportValues, by: User, now: datetime
) -> VisitReport:
    """Close a visit by its report; when nobody was met, the next try is planned.

    Raises
    ------
    RuleBroken : the visit is not planned (any more), the report is about a day that has not come, or it
        brings photos of a household that did not agree to photos.
    """
    lock_visit(session, visit)
    if visit.status is not VisitStatus.PLANNED or visit.volunteer_id is None:
        raise RuleBroken(_("这次走访已经填报或取消"), "not_planned")
    if values.visited_on > clock.local(now).date():
        raise RuleBroken(_("走访日期还没有到"), "visit_in_future")
    if values.photos:
        refuse_unwanted_photos(session, visit, clock.local(now).date())
    visit.status = VisitStatus.DONE if values.is_met else VisitStatus.NOT_MET
    report = _write(session, visit, visit.volunteer_id, values, by, now)
    _keep_photos(session, visit, report, values.photos, by, now)
    cancel_reminders(session, [visit.id], _("走访已填报"))
    if not values.is_met:
        _plan_retry(session, visit, now)
    if values.mood is Mood.URGENT:
        _tell_staff(session, visit, report, now)
    record(session, by, "report_visit", visit, now, {"met": values.is_met, "photos": len(values.photos)})
    return report


def refuse_unwanted_photos(session: Session, visit: Visit, on: date) -> None:
    """Raise RuleBroken unless the household agrees to photos on a day ("no_photo_consent")."""
    if not may_take_photos(session, visit, on):
        raise RuleBroken(_("这户家庭没有同意拍照,请去掉照片再提交"), "no_photo_consent")


def _write(
    session: Session, visit: Visit, volunteer_id: int, values: ReportValues, by: User, now: datetime
) -> VisitReport:
    met = values.is_met
    report = VisitReport(
        visit_id=visit.id,
        volunteer_id=volunteer_id,
        is_met=met,
        visited_on=values.visited_on,
        minutes=values.minutes if met else 0,
        topics=[topic.value for topic in values.topics] if met else [],
        mood=values.mood if met else None,
        note=values.note,
        reported_by_id=by.id,
        created_at=now,
    )
    session.add(report)
    session.flush()
    return report


def _keep_photos(
    session: Session, visit: Visit, report: VisitReport, photos: Sequence[SoundFile], by: User, now: datetime
) -> None:
    kept_until = clock.local(now).date() + rules.KEEP_PHOTOS
    for photo in photos:
        stored = keep_file(session, photo, visit.area_code, by, now, kept_until)
        session.add(VisitPhoto(report_id=report.id, file_id=stored.id))
    session.flush()


def _plan_retry(session: Session, visit: Visit, now: datetime) -> None:
    """Plan the next try of the same people within three days, unless they meet then anyway."""
    today = clock.local(now).date()
    days = [today + timedelta(days=ahead) for ahead in rules.RETRY_DAYS]
    if any(is_day_taken(session, visit, day) for day in days):
        return
    retry = Visit(
        household_id=visit.household_id,
        pairing_id=visit.pairing_id,
        volunteer_id=visit.volunteer_id,
        area_code=visit.area_code,
        status=VisitStatus.PLANNED,
        planned_on=days[0],
        starts_at=rules.moment(days[0], clock.local(visit.starts_at).time()),
        purpose=_("上次没见到,再去看看"),
        retry_of_id=visit.id,
        created_at=now,
    )
    session.add(retry)
    session.flush()
    settle_reminders(session, [retry], now)


def _tell_staff(session: Session, visit: Visit, report: VisitReport, now: datetime) -> None:
    """Bring an urgent report before the nearest staff at once."""
    for user in list_staff_for(session, visit.area_code)[:1]:
        subject = _("走访中发现需要尽快处理的情况")
        body = _(
            "走访记录标记为“需要尽快处理”(%(place)s),请打开查看并联系家庭。",
            place=place_words(session, visit),
        )
        send(
            session, user.id, Channel.INBOX, subject, body, f"urgent:{report.id}", now, f"/visits/{visit.id}"
        )

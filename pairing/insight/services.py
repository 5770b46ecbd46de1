"""Looking after the system itself: what is wrong, in words, cheap enough to be asked every few seconds."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from pairing import clock
from pairing.households.models import Household
from pairing.insight.queries import find_check, list_heartbeats
from pairing.insight.rules import Fault, silence_of
from pairing.outbox.models import Heartbeat, Message, MessageStatus
from pairing.privacy.sealed import CannotOpen
from pairing.readers import everywhere
from pairing.settings import Settings, folder
from pairing.wording import _
from pairing.workdays.queries import missing_years

LATE = timedelta(minutes=15)  # an e-mail that should have gone
SPACE = 512 * 2**20  # bytes that a day of work may need
SAMPLES = 3  # sealed values that are opened


def find_faults(session: Session, settings: Settings, now: datetime) -> list[Fault]:
    """Return what is wrong, the worst first; nobody's data are in it."""
    try:
        with everywhere(session, "whether the system is sound, in figures"):
            found = [fault for look in LOOKS for fault in look(session, settings, now)]
    except SQLAlchemyError as error:
        return [Fault("database", _("数据库没有应答"), type(error).__name__, is_down=True)]
    return sorted(found, key=lambda fault: not fault.is_down)


def _migrations(session: Session, _settings: Settings, _now: datetime) -> Iterator[Fault]:
    at = session.scalar(text("select max(version_num) from alembic_version"))
    if at != newest_migration():
        detail = f"{at} / {newest_migration()}"
        yield Fault("migrations", _("数据表还没有升级,请运行 flask db upgrade"), detail, is_down=True)


@lru_cache(maxsize=1)
def newest_migration() -> str | None:
    """Return the version of the tables that this program was written for."""
    return ScriptDirectory(str(folder("migrations"))).get_current_head()


def _keys(session: Session, _settings: Settings, _now: datetime) -> Iterator[Fault]:
    """Open the newest and the oldest sealed addresses."""
    try:
        for order in (Household.id, Household.id.desc()):
            session.scalars(select(Household.address).order_by(order).limit(SAMPLES)).all()
    except CannotOpen:
        words = _("现有密钥打不开已加密的数据,请核对 PAIRING_FIELD_KEYS")
        yield Fault("keys", words, is_down=True)


def _scheduler(session: Session, _settings: Settings, now: datetime) -> Iterator[Fault]:
    beats = list_heartbeats(session)
    silent = sorted(name for name, at in beats.items() if now - at > silence_of(name))
    if silent:
        yield Fault("scheduler", _("后台程序没有按时运行"), ", ".join(silent), is_down=True)
    elif not beats:
        yield Fault("scheduler", _("后台程序从未运行,请启动 flask scheduler"))
    failed = session.scalars(select(Heartbeat.name).where(Heartbeat.error != "", Heartbeat.name != "trail"))
    if names := sorted(failed):
        yield Fault("jobs", _("有后台任务出错,请查看日志"), ", ".join(names))


def _outbox(session: Session, settings: Settings, now: datetime) -> Iterator[Fault]:
    parked = _count(session, Message.status == MessageStatus.PARKED)
    if parked:
        yield Fault("parked", _("有邮件多次发送失败,等待处理"), str(parked))
    late = _count(session, Message.status == MessageStatus.QUEUED, Message.due_at < now - LATE)
    if late and settings.smtp_url:
        yield Fault("backlog", _("有邮件迟迟没有发出"), str(late))


def _count(session: Session, *where: object) -> int:
    return session.scalar(select(func.count()).select_from(Message).where(*where)) or 0  # type: ignore[arg-type]


def _trail(session: Session, _settings: Settings, _now: datetime) -> Iterator[Fault]:
    check = find_check(session)
    if check and check.error:
        yield Fault("trail", _("审计链核对没有通过,请立即查看操作记录"), check.at.isoformat())


def _space(_session: Session, settings: Settings, _now: datetime) -> Iterator[Fault]:
    place = Path(settings.database_url.removeprefix("sqlite:///")).parent
    free = shutil.disk_usage(
        place if settings.database_url.startswith("sqlite:///") else folder("migrations")
    ).free
    if free < SPACE:
        yield Fault("space", _("磁盘空间不足"), f"{free // 2**20} MB")


def _calendar(session: Session, _settings: Settings, now: datetime) -> Iterator[Fault]:
    if years := missing_years(session, clock.local(now).date()):
        yield Fault("calendar", _("缺少下一年的工作日历,请录入国务院放假通知"), ", ".join(map(str, years)))


LOOKS: tuple[Callable[[Session, Settings, datetime], Iterator[Fault]], ...] = (
    _migrations, _keys, _scheduler, _outbox, _trail, _space, _calendar,
)  # fmt: skip

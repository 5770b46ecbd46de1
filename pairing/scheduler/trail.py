"""The nightly walk along the chain of the trail; whoever watches it is told when it does not hold."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import AccountStatus, User
from pairing.accounts.rules import Role
from pairing.audit.services import Verdict, Witness, verify
from pairing.db import current_session, transaction
from pairing.logs import say
from pairing.outbox.services import tell
from pairing.settings import Settings
from pairing.wording import _

WATCHERS = (Role.AUDITOR, Role.DISTRICT_ADMIN)


class TrailBroken(RuntimeError):
    """The chain of the trail does not hold; the heartbeat keeps this name."""


def check_trail(settings: Settings) -> None:
    """Walk the whole chain; keep what was seen of it outside the database, or tell and fail."""
    witness = Witness(Path(settings.audit_witness)) if settings.audit_witness else None
    verdict = verify(current_session(), seen=witness.last() if witness else None)
    if verdict.broken:
        say("chain_broken", reason=str(verdict.broken))
        with transaction() as session:
            tell_watchers(session, verdict)
        raise TrailBroken(verdict.broken)
    if witness:
        witness.note(verdict.head, clock.now())


def tell_watchers(session: Session, verdict: Verdict) -> None:
    """Write to every auditor and district admin, once a day."""
    now, today = clock.now(), clock.today()
    body = _("核对操作记录时发现:%(what)s。请保留现场,联系运维人员核查。", what=verdict.broken)
    watchers = select(User).where(User.role.in_(WATCHERS), User.status == AccountStatus.ACTIVE)
    for user in session.scalars(watchers.order_by(User.id)):
        key = f"trail:{today:%Y%m%d}:{user.id}"
        tell(session, user.id, bool(user.email), _("审计链不完整"), body, key, now, "/trail")

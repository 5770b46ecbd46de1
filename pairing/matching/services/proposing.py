"""From a preview to proposals: what the run found is written down and the people are asked."""

from collections import Counter
from datetime import datetime

from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.audit.services import record
from pairing.errors import RuleBroken
from pairing.matching.models import MatchingRun, RunKind, RunStatus
from pairing.matching.services.expiry import expire_open
from pairing.matching.services.proposing_money import write_grants
from pairing.matching.services.proposing_people import write_proposals
from pairing.readers import everywhere
from pairing.wording import _


def propose(session: Session, run: MatchingRun, by: User | None, now: datetime) -> tuple[int, int]:
    """Write the proposals of a preview and tell those who are asked; return (written, skipped).

    A pair or grant whose household, volunteer or pledge has changed since the preview, or whose place,
    capacity or money is gone, is skipped and counted by its reason in the run's summary.

    Raises
    ------
    RuleBroken : the run was proposed or discarded before.
    """
    _check_previewed(session, run)
    expire_open(session, now)
    write = write_proposals if run.kind is RunKind.PEOPLE else write_grants
    with everywhere(session, "a run weighs whoever could come or pay"):
        verdicts = write(session, run, now)
    written = verdicts.pop("written", 0)
    skipped = sum(verdicts.values())
    run.status, run.proposed_at = RunStatus.PROPOSED, now
    run.summary = {**run.summary, "proposed": {"written": written, "skipped": dict(Counter(verdicts))}}
    record(session, by, "propose_run", run, now, {"written": written, "skipped": skipped})
    return written, skipped


def discard_run(session: Session, run: MatchingRun, by: User | None, now: datetime) -> None:
    """Put a preview aside; RuleBroken if it was proposed or discarded before."""
    _check_previewed(session, run)
    run.status = RunStatus.DISCARDED
    record(session, by, "discard_run", run, now)


def _check_previewed(session: Session, run: MatchingRun) -> None:
    session.refresh(run, with_for_update=True)
    if run.status is RunStatus.PROPOSED:
        raise RuleBroken(_("这次匹配已经提出过建议"), "already_proposed")
    if run.status is RunStatus.DISCARDED:
        raise RuleBroken(_("这次匹配已经放弃,请重新匹配"), "run_discarded")

"""Building the lists that people asked for: claimed with a lease, built without a lock, settled."""

import logging
import time

from pairing import clock
from pairing.db import current_session, transaction
from pairing.exports import services
from pairing.exports.models import Export
from pairing.settings import Settings

BUDGET_S = 8  # so that the process can be ended in between
log = logging.getLogger(__name__)


def build_exports(settings: Settings) -> int:
    """Build the exports that are due, one after the other; return how many were settled."""
    settled, end = 0, time.monotonic() + BUDGET_S
    while time.monotonic() < end and (claim := _claim()):
        settled += _build(claim, settings.export_rows)
    return settled


def _claim() -> services.Claim | None:
    with transaction() as session:
        return services.claim_export(session, clock.now())


def _build(claim: services.Claim, most_rows: int) -> bool:
    """Build one; whatever goes wrong with it stops neither the clock nor the others."""
    try:
        session = current_session()
        built = services.build_export(session, session.get_one(Export, claim.export_id), most_rows)
        with transaction() as session:
            return services.finish_export(session, claim, built, clock.now())
    except Exception:
        log.exception("the export %s was not built", claim.export_id)
        current_session().rollback()
        with transaction() as session:
            services.give_up(session, claim, clock.now())
        return False

from datetime import date

import pytest

from pairing.audit.models import AuditEntry
from pairing.errors import RuleBroken
from pairing.pairings import services
from pairing.pairings.models import EndReason, PairingStatus
from tests.support.makers import NOW, make_pairing, make_staff


def test_end_keeps_when_and_why(session):
    pairing = make_pairing()

    services.end_pairing(session, pairing, make_staff(), EndReason.MOVED, "迁往外区", NOW)

    assert (pairing.status, pairing.end_reason) == (PairingStatus.ENDED, EndReason.MOVED)
    assert (pairing.ended_on, pairing.end_note) == (date(2026, 11, 23), "迁往外区")


def test_end_is_written_into_the_trail_without_the_note(session):
    services.end_pairing(session, make_pairing(), make_staff(), EndReason.MOVED, "迁往外区", NOW)

    entry = session.query(AuditEntry).filter_by(kind="deed").one()
    assert (entry.action, entry.detail) == ("end_pairing", {"reason": "moved"})


def test_end_refuses_a_pairing_that_has_ended(session):
    pairing, staff = make_pairing(), make_staff()
    services.end_pairing(session, pairing, staff, EndReason.MOVED, "", NOW)

    with pytest.raises(RuleBroken) as refused:
        services.end_pairing(session, pairing, staff, EndReason.TERM_OVER, "", NOW)

    assert refused.value.code == "already_ended"
    assert pairing.end_reason is EndReason.MOVED

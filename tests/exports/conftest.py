"""People who export, and the scheduler's hand."""

import pytest

from pairing.db import db
from pairing.exports import services
from pairing.exports.models import Export
from pairing.exports.rules import ExportReason
from pairing.exports.services import Wish
from tests.support.makers import HOME, NOW, make_staff

MOST = 50


@pytest.fixture
def worker(session):
    """A worker of the home community."""
    return make_staff(HOME)


@pytest.fixture
def ask(session):
    """Return a function that asks for a list."""

    def asking(by, kind="households", now=NOW, most=MOST, **wish):
        wish = {"reason": ExportReason.WORK} | wish
        return services.request_export(session, Wish(kind, **wish), by, most, now)

    return asking


@pytest.fixture
def build(session):
    """Return a function that does what the scheduler does, once; it gives the export."""

    def building(now=NOW, most=MOST):
        claim = services.claim_export(session, now)
        export = db.session.get(Export, claim.export_id)
        services.finish_export(session, claim, services.build_export(session, export, most), now)
        session.flush()
        return export

    return building

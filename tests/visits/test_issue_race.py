"""Several schedulers that all believe to lead."""

from datetime import timedelta

from sqlalchemy import func, select

from pairing import clock
from pairing.db import transaction
from pairing.outbox.models import Message
from pairing.outbox.services import claim_mails
from pairing.visits import services
from tests.support.makers import MONDAY, NOW, make_pairing, make_visit, make_volunteer_user
from tests.support.together import together

NEXT = MONDAY + timedelta(days=7)
DUE = clock.at(NEXT - timedelta(days=1), 10)
VISITS = 40
WORKERS = 6


def until_nothing_is_left(app, take):
    """Let a worker take what it gets until it gets nothing; return all of it."""
    taken = []
    with app.app_context():
        while True:
            with transaction() as session:
                got = take(session)
            if not got:
                return taken
            taken += got


def test_many_workers_issue_and_claim_everything_once(live_app):
    with live_app.app_context(), transaction() as session:
        _, volunteer = make_volunteer_user()
        pairing = make_pairing(volunteer=volunteer)
        visits = [make_visit(pairing, pairing_id=None, planned_on=NEXT) for _ in range(VISITS)]
        services.settle_reminders(session, visits, NOW)

    def issue(session):
        return [1] * services.issue_due_reminders(session, DUE, limit=7)

    def claim(session):
        return [message.id for message in claim_mails(session, DUE, 7)]

    issued = together(WORKERS, lambda _: until_nothing_is_left(live_app, issue))
    claimed = together(WORKERS, lambda _: until_nothing_is_left(live_app, claim))

    with live_app.app_context(), transaction() as session:
        written = session.scalar(select(func.count()).select_from(Message))
    assert sum(map(len, issued)) == written == 2 * VISITS
    mails = [message_id for part in claimed for message_id in part]
    assert len(mails) == len(set(mails)) == VISITS

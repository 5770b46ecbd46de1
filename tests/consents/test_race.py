"""Nobody starts a pairing while the household takes its yes back."""

from threading import Event, Thread

from pairing.accounts.models import User
from pairing.consents.queries import find_standing, has_consent
from pairing.consents.rules import Purpose, WithdrawnHow
from pairing.db import transaction
from pairing.errors import RuleBroken
from pairing.matching.models import Proposal, ProposalStatus
from pairing.pairings.models import Pairing
from pairing.review import services
from tests.support.makers import MONDAY, NOW, make_household, make_proposal, make_staff

READY = {"status": ProposalStatus.ACCEPTED, "answered_at": NOW, "consent_at": NOW, "consent_how": "phone"}
LONG_ENOUGH_S = 0.5  # for the other thread to run into the lock


def test_a_confirmation_waits_for_a_withdrawal_and_is_refused(live_app):
    with live_app.app_context(), transaction() as session:
        ids = make_staff().id, make_proposal(make_household(), **READY).id
    answers, begun = [], Event()
    slower = Thread(target=confirm, args=(live_app, ids, begun, answers))

    with live_app.app_context():
        with transaction() as session:
            staff, proposal = session.get_one(User, ids[0]), session.get_one(Proposal, ids[1])
            consent = find_standing(session, proposal.household_id, Purpose.PAIRING)
            services.withdraw_consent(session, consent, WithdrawnHow.PHONE, MONDAY, staff, NOW)
            slower.start()
            begun.wait(10)
            slower.join(LONG_ENOUGH_S)
        slower.join(20)
        with transaction() as session:
            assert not has_consent(session, proposal.household_id, Purpose.PAIRING, MONDAY)
            assert (answers, session.query(Pairing).count()) == (["consent_missing"], 0)


def confirm(app, ids, begun, answers):
    with app.app_context():
        try:
            begun.set()
            with transaction() as session:
                staff, proposal = session.get_one(User, ids[0]), session.get_one(Proposal, ids[1])
                services.confirm_as_suggested(session, proposal, staff, NOW)
            answers.append("confirmed")
        except RuleBroken as refused:
            answers.append(refused.code)

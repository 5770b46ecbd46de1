"""Deeds at the same moment, with commits that are real, on both engines."""

from pairing.db import transaction
from pairing.errors import RuleBroken
from pairing.matching import services
from pairing.matching.models import MatchingRun, Proposal
from pairing.matching.rules.weights import Weights
from tests.support.makers import DISTRICT, NOW, make_household, make_proposal, make_volunteer
from tests.support.together import together

CROWD = 8


def propose_in_a_thread(app, run_id):
    with app.app_context(), transaction() as session:
        return services.propose(session, session.get_one(MatchingRun, run_id), None, NOW)


def test_a_run_is_proposed_once_by_many_at_once(live_app):
    with live_app.app_context(), transaction() as session:
        make_household()
        make_volunteer()
        run_id = services.preview_people(session, DISTRICT, Weights(), None, NOW).id

    answers = together(CROWD, lambda _number: propose_in_a_thread(live_app, run_id))

    assert answers.count((1, 0)) == 1
    refused = [answer for answer in answers if answer != (1, 0)]
    assert [answer.code for answer in refused] == ["already_proposed"] * (CROWD - 1)


def test_runs_of_the_same_place_fill_it_once(live_app):
    with live_app.app_context(), transaction() as session:
        make_household()
        make_volunteer(capacity=CROWD)
        ids = [services.preview_people(session, DISTRICT, Weights(), None, NOW).id for _ in range(CROWD)]

    answers = together(CROWD, lambda number: propose_in_a_thread(live_app, ids[number]))

    assert sorted(answers) == [(0, 1)] * (CROWD - 1) + [(1, 0)]


def test_a_proposal_is_accepted_once_by_many_at_once(live_app):
    with live_app.app_context(), transaction():
        proposal_id = make_proposal().id

    def accept(_number):
        with live_app.app_context(), transaction() as session:
            services.accept_proposal(session, session.get_one(Proposal, proposal_id), None, NOW)

    answers = together(CROWD, accept)

    assert answers.count(None) == 1
    assert {type(answer) for answer in answers} == {type(None), RuleBroken}

import json

import pytest

from pairing.db import db
from pairing.matching.models import MatchingRun, Proposal, ProposalStatus
from tests.support.makers import HOME, make_household, make_volunteer


@pytest.fixture
def run(app, session):
    """Return a function that calls ``flask matching …`` and gives its answer."""
    runner = app.test_cli_runner()

    def call(*arguments):
        db.session.commit()
        return runner.invoke(args=["matching", *map(str, arguments)])

    return call


@pytest.fixture
def proposal(run, session):
    """A proposal made from the command line."""
    make_household()
    make_volunteer()
    run("preview", "--area", HOME)
    run("propose", session.query(MatchingRun).one().id)
    return session.query(Proposal).one()


def test_preview_prints_the_summary_as_json(run, session):
    make_household()
    make_volunteer()

    answer = json.loads(run("preview", "--kind", "people", "--area", HOME, "--json").output)

    assert (answer["places"], answer["served"]) == (1, 1)
    assert answer["run_id"] == session.query(MatchingRun).one().id


def test_preview_of_money_says_what_it_found(run, session):
    assert "0 项需求" in run("preview", "--kind", "money", "--area", HOME).output


def test_an_unknown_area_or_run_is_refused_in_words(run):
    assert "没有区划 999999" in run("preview", "--area", "999999").output
    assert run("propose", 4711).exit_code == 1
    assert run("accept", 4711).exit_code == 1


def test_a_run_is_proposed_once(run, proposal):
    again = run("propose", proposal.run_id)

    assert (again.exit_code, "已经提出过" in again.output) == (1, True)


def test_a_proposal_is_accepted(run, proposal):
    assert run("accept", proposal.id).exit_code == 0
    assert proposal.status is ProposalStatus.ACCEPTED


def test_a_proposal_is_declined_with_a_reason(run, proposal):
    assert run("decline", proposal.id).exit_code == 2
    assert run("decline", proposal.id, "--reason", "time").exit_code == 0
    assert proposal.status is ProposalStatus.DECLINED

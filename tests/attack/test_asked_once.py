"""A company that is being asked for a need is not asked for it again before it has answered."""

from pairing.matching import services
from pairing.matching.models import Grant, MatchingRun, RunGrant, RunKind
from tests.support.makers import NOW, make_household, make_need, make_pledge, make_run


def test_a_second_run_skips_what_a_company_is_being_asked(session):
    need, pledge = make_need(make_household(), amount_fen=100_000), make_pledge()
    runs = [make_run(RunKind.MONEY) for _ in range(2)]
    for run in runs:
        session.add(
            RunGrant(run_id=run.id, pledge_id=pledge.id, need_id=need.id, amount_fen=40_000, parts={})
        )
    session.flush()

    done = [services.propose(session, run, None, NOW) for run in runs]

    assert done == [(1, 0), (0, 1)]
    assert session.get_one(MatchingRun, runs[1].id).summary["proposed"]["skipped"] == {"asked": 1}
    assert session.query(Grant).count() == 1

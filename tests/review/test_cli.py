from datetime import date

from pairing.accounts.rules import Role
from pairing.funds.queries import reserved_fen_by_pledge
from pairing.matching.models import GrantStatus, ProposalStatus
from pairing.visits.models import VisitPlan
from tests.support.makers import (
    NOW,
    OUTSIDE,
    identity_number,
    make_grant,
    make_household,
    make_member,
    make_proposal,
    make_staff,
    make_user,
)

READY = {"status": ProposalStatus.ACCEPTED, "answered_at": NOW, "consent_at": NOW, "consent_how": "phone"}


def run(app, *words, by=None):
    """Run ``flask review``, by default as a member of staff of the district."""
    name = by or make_staff().sign_in_name
    return app.test_cli_runner().invoke(args=["review", *map(str, words), "--by", name])


def test_list_prints_numbers_and_no_names(app, session):
    proposal = make_proposal(make_household("孙桂兰", file_no="370202002-2026-000009"), **READY)

    result = run(app, "list")

    assert result.output == f"{proposal.id}\t370202002-2026-000009\t80\t待确认\n"


def test_consent_then_confirm(app, session):
    proposal = make_proposal(make_household(half_days=1 << 9), status=ProposalStatus.ACCEPTED)

    noted = run(app, "consent", proposal.id, "--how", "phone", "--giver", "王芳/女儿")
    done = run(app, "confirm", proposal.id, "--first-visit", "2026-12-03", "--frequency", "weekly")

    assert (noted.exit_code, done.exit_code) == (0, 0)
    assert "首次走访 2026-12-03" in done.output
    assert session.query(VisitPlan).one().half_day == 1 << 9


def test_a_consent_without_paper_or_guardian_is_refused(app, session):
    household = make_household()
    make_member(household, identity_number(date(2018, 1, 1)), name="王小禾")
    proposal = make_proposal(household, status=ProposalStatus.ACCEPTED)
    told = "consent", proposal.id, "--how", "phone"
    given = *told, "--giver", "王芳/女儿"

    answers = [run(app, *words) for words in (told, given, (*given, "--guardian", "王小禾/王芳/母亲"))]

    assert [answer.exit_code for answer in answers] == [1, 1, 0]
    assert "没有有效的结对同意书" in answers[0].output
    assert "须由监护人同意" in answers[1].output


def test_a_refused_command_says_why_and_fails(app, session):
    proposal = make_proposal(status=ProposalStatus.ACCEPTED)

    result = run(app, "confirm", proposal.id, "--first-visit", "2026-12-03", "--frequency", "weekly")

    assert result.exit_code == 1
    assert "(no_consent)" in result.output


def test_another_place_is_not_found(app, session):
    foreign = make_proposal(make_household(area_code=OUTSIDE), **READY)

    assert "(not_found)" in run(app, "consent", foreign.id, "--how", "phone").output


def test_only_staff_decide(app, session):
    volunteer = make_user(Role.VOLUNTEER)

    for name in (volunteer.sign_in_name, "nobody"):
        assert run(app, "list", by=name).exit_code == 1


def test_confirm_grant_reserves(app, session):
    grant = make_grant(status=GrantStatus.AGREED)

    assert run(app, "confirm-grant", grant.id).exit_code == 0
    assert reserved_fen_by_pledge(session) == {grant.pledge_id: grant.amount_fen}

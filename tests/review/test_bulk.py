"""Several decided together: each for itself, and a page that says what became of each."""

from pairing.funds.queries import reserved_fen_by_pledge
from pairing.matching.models import GrantStatus, ProposalStatus
from pairing.pairings.models import Pairing
from tests.support.makers import (
    NOW,
    OUTSIDE,
    make_grant,
    make_household,
    make_need,
    make_pairing,
    make_pledge,
    make_proposal,
    make_staff,
)

READY = {"status": ProposalStatus.ACCEPTED, "answered_at": NOW, "consent_at": NOW, "consent_how": "phone"}
TICKS = "main form[action$=confirm]"


def full_household():
    household = make_household("满额户")
    make_pairing(household)
    return household


def test_good_ones_are_confirmed_and_the_others_say_why(reader, session):
    good, bad = make_proposal(**READY), make_proposal(full_household(), **READY)
    page = reader.sign_in(make_staff()).get("/review?tab=ready")

    result = page.submit({"row": [good.id, bad.id]}, form=TICKS)

    assert result.words(".stat-value") == ["1 对", "1 对"]
    assert "该户已有志愿者确认结对,名额已满" in result.text
    assert (good.status, bad.status) == (ProposalStatus.CONFIRMED, ProposalStatus.ACCEPTED)


def test_the_result_can_be_read_again(reader):
    page = reader.sign_in(make_staff()).get("/review?tab=ready") if make_proposal(**READY) else None

    result = page.submit({"row": [str(page.select("input[name=row]")[0]["value"])]}, form=TICKS)

    assert reader.get(result.path).words(".stat-value") == result.words(".stat-value") == ["1 对", "0 对"]


def test_sent_twice_each_is_confirmed_once_and_both_say_so(reader, session):
    proposal = make_proposal(**READY)
    page = reader.sign_in(make_staff()).get("/review?tab=ready")

    page.submit({"row": [proposal.id]}, form=TICKS)
    again = page.submit({"row": [proposal.id]}, form=TICKS)

    assert again.words(".stat-value") == ["1 对", "0 对"]
    assert session.query(Pairing).count() == 1


def test_nothing_ticked_says_what_to_do(reader):
    make_proposal(**READY)
    page = reader.sign_in(make_staff()).get("/review?tab=ready")

    assert page.submit({"row": []}, form=TICKS).select(".empty")


def test_a_number_of_another_place_is_neither_done_nor_shown(reader):
    make_proposal(**READY)
    foreign = make_proposal(make_household("外区户", area_code=OUTSIDE), **READY)
    page = reader.sign_in(make_staff()).get("/review?tab=ready")

    result = page.submit({"row": [foreign.id]}, form=TICKS)

    assert foreign.status is ProposalStatus.ACCEPTED
    assert "外区户" not in result.text


def test_money_is_reserved_as_far_as_the_pledge_goes(reader, session):
    pledge = make_pledge(amount_fen=150_000)
    needs = [make_need(make_household(), amount_fen=100_000) for _ in range(2)]
    grants = [make_grant(need, pledge, status=GrantStatus.AGREED) for need in needs]
    page = reader.sign_in(make_staff()).get("/review/grants?tab=ready")

    result = page.submit({"row": [grant.id for grant in grants]}, form=TICKS)

    assert result.words(".stat-value") == ["1 笔", "1 笔"]
    assert "该认捐余额不足" in result.text
    assert reserved_fen_by_pledge(session) == {pledge.id: 100_000}

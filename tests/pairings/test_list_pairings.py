from datetime import date

from pairing.pairings.models import EndReason, PairingStatus
from tests.support.makers import HOME, NEARBY, OUTSIDE, make_household, make_pairing, make_staff

ENDED = {"status": PairingStatus.ENDED, "ended_on": date(2026, 1, 1), "end_reason": EndReason.MOVED}


def names(page):
    return page.words("tbody th")


def test_the_list_holds_the_living_pairings_of_the_scope(reader):
    make_pairing(make_household("本社区户"))
    make_pairing(make_household("外区户", area_code=OUTSIDE))
    make_pairing(
        make_household("旧户"),
        status=PairingStatus.ENDED,
        ended_on=date(2026, 1, 1),
        end_reason=EndReason.MOVED,
    )

    assert names(reader.sign_in(make_staff(HOME)).get("/pairings")) == ["本社区户"]


def test_ended_pairings_have_their_own_tab_with_the_reason(reader):
    make_pairing(**ENDED)

    page = reader.sign_in(make_staff()).get("/pairings").follow("已结束")

    assert "搬迁" in page.text


def test_the_list_is_narrowed_to_a_community(reader):
    make_pairing(make_household("台西户", area_code=HOME))
    make_pairing(make_household("团岛户", area_code=NEARBY))

    assert names(reader.sign_in(make_staff()).get(f"/pairings?area={NEARBY}")) == ["团岛户"]


def test_an_empty_list_says_where_to_go(reader):
    page = reader.sign_in(make_staff()).get("/pairings")

    assert page.link("去看结对建议") == "/review"

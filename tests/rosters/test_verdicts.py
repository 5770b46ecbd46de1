"""What becomes of one row."""

from datetime import date

import pytest

from pairing.households.models import GenderWish
from pairing.rosters.services.enterprises import read_enterprises
from pairing.rosters.services.households import gender_wish, language, read_households
from pairing.rosters.services.places import Gazetteer
from pairing.rosters.services.volunteers import read_volunteers
from pairing.values.needs import Category
from pairing.workbooks.parsing import parse_workbook
from tests.rosters.books import ENTERPRISES, HOUSEHOLDS, VOLUNTEERS, book
from tests.support.makers.numbers import identity_number, uscc

TODAY = date(2026, 11, 23)
PLACES = Gazetteer(
    [
        ("370202", "市南区"),
        ("370202002", "八大峡街道"),
        ("370202002011", "八大峡社区"),
        ("370202002012", "台西社区"),
        ("370202009001", "同名社区"),
        ("370202010001", "同名社区"),
    ]
)
PHONE = "10000000001"


def households(*rows, members=()):
    return read_households(
        parse_workbook(book(HOUSEHOLDS, *rows, members=members)), PLACES, "370202", TODAY
    ).verdicts


def volunteers(*rows):
    return read_volunteers(parse_workbook(book(VOLUNTEERS, *rows)), PLACES, "370202", TODAY).verdicts


def enterprises(*rows):
    return read_enterprises(parse_workbook(book(ENTERPRISES, *rows)), PLACES, "370202", TODAY).verdicts


def reason(verdicts):
    return verdicts[-1].refusal and verdicts[-1].refusal.reason


@pytest.mark.parametrize("place", ["台西", " 台西社区 ", "台西社区居委会", "台西社区居民委员会"])
def test_a_community_is_known_however_it_is_called(place):
    verdicts = households((place, "王秀英", identity_number(), "低保户", 1, ""))

    assert verdicts[0].values.area_code == "370202002012"
    assert verdicts[0].values.category is Category.DIBAO


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("", "王秀英", identity_number(), "低保", 1, ""), "missing_community"),
        (("向阳花", "王秀英", identity_number(), "低保", 1, ""), "unknown_community"),
        (("同名", "王秀英", identity_number(), "低保", 1, ""), "ambiguous_community"),
        (("台西", "", identity_number(), "低保", 1, ""), "missing_name"),
        (("台西", "王秀英", 370299195603080000, "低保", 1, ""), "id_numeric"),
        (("台西", "王秀英", "", "低保", 1, ""), "missing_id"),
        (("台西", "王秀英", identity_number(), "其它情况", 1, ""), "unknown_category"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(row, expected):
    assert reason(households(row)) == expected


def test_a_repeated_head_is_refused_and_the_first_stays():
    number = identity_number()

    first, second = households(
        ("台西", "王秀英", number, "低保", 1, ""), ("台西", "王英", number, "低保", 1, "")
    )

    assert first.is_accepted
    assert (second.number, second.refusal.reason) == (5, "duplicate_in_file")


def test_members_hang_on_their_head_and_are_counted():
    number = identity_number()
    member = (number, "王秀英", "王小明", identity_number(date(2001, 2, 3), female=False), "子")

    (verdict,) = households(("台西", "王秀英", number, "低保", 3, ""), members=[member])

    assert [m.name for m in verdict.values.members] == ["王小明"]
    assert [w.reason for w in verdict.warnings] == ["member_count_differs"]


def test_wishes_are_read_out_of_a_remark():
    assert gender_wish("独居,希望女志愿者") is GenderWish.FEMALE
    assert gender_wish("=1+1") is GenderWish.ANY
    assert language("听力不好,说胶东话") == "胶东话"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("李强", "男", identity_number(), PHONE, "台西", "", ""), "gender_differs_from_id"),
        (("李强", "", identity_number(date(2012, 1, 1)), PHONE, "台西", "", ""), "under_age"),
        (("李强", "", identity_number(), "", "台西", "", ""), "missing_phone"),
        (("李强", "", identity_number(), PHONE, "台西", "随叫随到", ""), "unknown_slot"),
        (("李强", "", identity_number(), PHONE, "台西", "周六上午", "很多"), "number_unreadable"),
    ],
)
def test_a_volunteer_that_cannot_be_used_says_why(row, expected):
    assert reason(volunteers(row)) == expected


@pytest.mark.parametrize(
    ("amount", "place", "expires", "expected"),
    [
        (-20000, "市南区", "", "amount_negative"),
        ("若干", "市南区", "", "amount_unreadable"),
        (0, "市南区", "", "amount_zero"),
        ("2万元", "某某镇", "", "unknown_area"),
        ("2万元", "市南区", "2020-01-01", "pledge_expired"),
    ],
)
def test_a_pledge_that_cannot_be_used_says_why(amount, place, expires, expected):
    row = ("海风食品有限公司", uscc(), "李强", PHONE, amount, place, expires)

    assert reason(enterprises(row)) == expected


@pytest.mark.parametrize(
    ("place", "code"),
    [("市南区", "370202"), ("八大峡街道", "370202002"), ("八大峡", "370202002011"), ("", "370202")],
)
def test_a_pledge_may_name_any_level(place, code):
    (verdict,) = enterprises(("海风食品有限公司", uscc().lower(), "李强", PHONE, "0.5万", place, ""))

    assert (verdict.values.pledge.area_code, verdict.values.pledge.amount_fen) == (code, 500_000)


def test_a_company_may_stand_without_a_pledge():
    (verdict,) = enterprises(("海风食品有限公司", uscc(), "李强", PHONE, "", "", ""))

    assert verdict.values.pledge is None

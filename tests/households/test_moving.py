"""What belongs to a household lies where the household lies now."""

import pytest
from sqlalchemy import select

from pairing.consents.models import Consent
from pairing.files.models import StoredFile
from pairing.funds.models import Reservation
from pairing.subject_requests.models import About, SubjectRequest
from pairing.visits.models import VisitPhoto, VisitStatus
from tests.support import makers
from tests.support.makers import HOME, NEARBY, NOW, STREET
from tests.support.makers.saving import save

PAPER = {"sha256": "0" * 64, "size": 1, "content": "YQ==", "created_at": NOW, "kept_until": NOW.date()}


@pytest.fixture
def household(session):
    return makers.make_household("亓官雪梅", phone=None)


@pytest.fixture
def pages(household):
    """Give the pages of everything that is under way for the household."""
    pairing = makers.make_pairing(household)
    makers.make_consent(household)
    return [
        f"/households/{household.id}",
        f"/consents/{household.id}",
        f"/review/pairings/{pairing.id}",
        f"/visits/{makers.make_visit(pairing).id}",
        f"/review/proposals/{makers.make_proposal(household).id}",
        f"/review/grants/{makers.make_grant(makers.make_need(household, amount_fen=100)).id}",
        f"/subject-requests/{makers.make_request(household).id}",
    ]


def move(new_reader, path, code=NEARBY):
    page = new_reader(makers.make_staff(STREET)).get(f"{path}/edit")
    page.submit({"area_code": code}, form=f"main form[action$='{path}']")


def test_the_new_community_works_on_and_the_old_one_sees_nothing_more(new_reader, household, pages):
    old, new = new_reader(makers.make_staff(HOME)), new_reader(makers.make_staff(NEARBY))

    move(new_reader, f"/households/{household.id}")

    for page in pages:
        old.get(page, 404)
        new.get(page, 200)


def test_no_list_of_the_old_community_names_the_household(new_reader, household, pages):
    old, new = new_reader(makers.make_staff(HOME)), new_reader(makers.make_staff(NEARBY))

    move(new_reader, f"/households/{household.id}")

    lists = ["/households", "/visits", "/pairings", "/review?tab=waiting", "/subject-requests"]
    assert not [page for page in lists if "亓官" in old.get(page).text]
    assert "亓官" in new.get("/subject-requests").text


def test_money_and_papers_and_photos_move_along(new_reader, session, household):
    rows = [makers.make_reservation(makers.make_need(household, amount_fen=100)), *papers_of(household)]

    move(new_reader, f"/households/{household.id}")

    session.expire_all()
    assert {type(row).__name__ for row in rows} == {Reservation.__name__, StoredFile.__name__}
    assert [row.area_code for row in rows] == [NEARBY] * 3


def papers_of(household):
    """Keep a signed form and a photo of a visit."""
    staff = makers.make_staff(HOME)
    known = {"kind": "png", "area_code": HOME, "created_by_id": staff.id, **PAPER}
    form, photo = (
        save(StoredFile(public_id=f"{household.id}-{name}", **known)) for name in ("form", "photo")
    )
    makers.make_consent(household, evidence_id=form.id)
    visit = makers.make_visit(makers.make_pairing(household), status=VisitStatus.DONE)
    save(VisitPhoto(report_id=makers.make_report(visit, staff).id, file_id=photo.id))
    return form, photo


def test_a_consent_read_before_the_move_is_known_where_it_lies_now(new_reader, session, household):
    given = makers.make_consent(household)

    move(new_reader, f"/households/{household.id}")

    assert session.scalars(select(Consent)).one() is given
    assert given.area_code == NEARBY


def test_what_belongs_to_others_stays(new_reader, session, household):
    other = makers.make_request(about=About.VOLUNTEER, about_id=household.id)
    visit = makers.make_visit()

    move(new_reader, f"/households/{household.id}")

    session.expire_all()
    assert (other.area_code, visit.area_code) == (HOME, HOME)


@pytest.mark.parametrize(
    ("about", "make", "path"),
    [
        (About.VOLUNTEER, makers.make_volunteer, "/volunteers"),
        (About.ENTERPRISE, makers.make_enterprise, "/enterprises"),
    ],
)
def test_requests_follow_volunteers_and_companies(new_reader, session, about, make, path):
    row = make(area_code=HOME)
    asked = makers.make_request(about=about, about_id=row.id)

    move(new_reader, f"{path}/{row.id}")

    session.expire_all()
    assert session.scalars(select(SubjectRequest.area_code)).one() == NEARBY
    new_reader(makers.make_staff(NEARBY)).get(f"/subject-requests/{asked.id}")

"""Photos of a visit: only with consent, small and bare, for the visitor and the staff of the place."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from pairing import clock
from pairing.audit.models import AuditEntry
from pairing.consents.rules import Purpose
from pairing.errors import RuleBroken
from pairing.files.models import StoredFile
from pairing.files.rules.kinds import FileKind
from pairing.files.services import SoundFile, scanning
from pairing.pairings.models import Pairing, PairingStatus
from pairing.visits import services
from pairing.visits.models import VisitPhoto, VisitReport
from pairing.visits.services import ReportValues
from tests.files.hostile_pictures import JPEG, PICTURES, with_exif
from tests.support.clamd import EICAR, scanner
from tests.support.forms import fill
from tests.support.makers import (
    HOME,
    NEARBY,
    make_consent,
    make_household,
    make_pairing,
    make_staff,
    make_visit,
    make_volunteer_user,
)

MET = {"outcome": "met", "minutes": "30", "mood": "good"}


def make_own():
    """Make a volunteer with a visit today to a household that agrees to photos."""
    user, volunteer = make_volunteer_user()
    household = make_household()
    consent = make_consent(household, Purpose.PHOTO)
    return user, make_visit(make_pairing(household, volunteer), planned_on=clock.today()), consent


@pytest.fixture
def own(session):
    return make_own()


def report(reader, visit, *photos, status=303):
    """Send the report with photos as a phone does."""
    files = [(io.BytesIO(data), f"IMG_{number}.jpg") for number, data in enumerate(photos, start=1)]
    page = reader.get(f"/visits/mine/{visit.id}/report")
    return page.submit(MET | {"photos": files}, status=status)


def addresses(reader, path):
    return [image["src"] for image in reader.get(path).select(".photos img")]


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def test_photos_come_back_small_and_bare_to_the_visitor_and_the_staff(new_reader, own):
    user, visit, _consent = own
    visitor = new_reader(user)
    report(visitor, visit, with_exif(), JPEG)

    shown = addresses(visitor, f"/visits/mine/{visit.id}")
    staff = addresses(new_reader(make_staff(HOME)), f"/visits/{visit.id}")
    answer = visitor.download(shown[0])

    assert (len(shown), len(staff)) == (2, 2)
    assert not Image.open(io.BytesIO(answer.data)).getexif()
    assert answer.mimetype == "image/jpeg"


def test_a_photo_is_handed_over_with_nothing_that_could_act(new_reader, own):
    user, visit, _consent = own
    visitor = new_reader(user)
    report(visitor, visit, JPEG)

    headers = visitor.download(addresses(visitor, f"/visits/mine/{visit.id}")[0]).headers

    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"].startswith('attachment; filename="visit-')
    assert headers["Cache-Control"] == "no-store"
    assert "IMG" not in str(headers)


def test_a_photo_is_not_there_for_anybody_else(new_reader, own):
    user, visit, _consent = own
    visitor = new_reader(user)
    report(visitor, visit, JPEG)
    mine = addresses(visitor, f"/visits/mine/{visit.id}")[0]
    official = mine.replace("/mine/", "/")

    assert new_reader().fetch("GET", mine).status_code == 302
    for stranger in (make_volunteer_user()[0], make_staff(NEARBY)):
        for address in (mine, official):
            new_reader(stranger).get(address, 404)
    visitor.get(official, 404)
    new_reader(make_staff(HOME)).get(mine, 404)


def test_a_photo_belongs_to_its_visit_alone(new_reader, own):
    user, visit, _consent = own
    report(new_reader(user), visit, JPEG)
    other, another, _theirs = make_own()
    photo = addresses(new_reader(user), f"/visits/mine/{visit.id}")[0].rpartition("/")[2]

    new_reader(other).get(f"/visits/mine/{another.id}/photos/{photo}", 404)
    new_reader(make_staff(HOME)).get(f"/visits/{another.id}/photos/{photo}", 404)


def test_the_visitor_sees_the_photos_no_longer_than_the_pairing(new_reader, session, own):
    user, visit, _consent = own
    visitor, staff = new_reader(user), new_reader(make_staff(HOME))
    report(visitor, visit, JPEG)
    address = addresses(visitor, f"/visits/mine/{visit.id}")[0]
    session.get_one(Pairing, visit.pairing_id).status = PairingStatus.ENDED

    assert addresses(visitor, f"/visits/mine/{visit.id}") == []
    visitor.get(address, 404)
    staff.download(address.replace("/mine/", "/"))


def test_once_the_household_takes_its_consent_back_the_photos_are_gone(new_reader, own):
    user, visit, consent = own
    visitor, staff = new_reader(user), new_reader(make_staff(HOME))
    report(visitor, visit, JPEG)
    address = addresses(visitor, f"/visits/mine/{visit.id}")[0]
    consent.withdrawn_on = clock.today()

    assert addresses(visitor, f"/visits/mine/{visit.id}") == addresses(staff, f"/visits/{visit.id}") == []
    visitor.get(address, 404)
    staff.get(address.replace("/mine/", "/"), 404)


def test_without_consent_the_form_asks_for_none_and_takes_none(new_reader, session, own):
    user, visit, consent = own
    reader = new_reader(user)
    before = reader.get(f"/visits/mine/{visit.id}/report")
    consent.withdrawn_on = clock.today()

    assert "请不要拍照" in reader.get(f"/visits/mine/{visit.id}/report").text
    late = before.submit(MET | {"photos": [(io.BytesIO(JPEG), "x.jpg")]}, status=422)

    assert "没有同意拍照" in late.words(".field-error")[0]
    assert count(session, StoredFile) == count(session, VisitReport) == 0


def test_the_service_itself_refuses_photos_without_consent(session, own):
    user, visit, consent = own
    consent.withdrawn_on = clock.today()
    photo = SoundFile(FileKind.JPEG, JPEG)

    with pytest.raises(RuleBroken, match="没有同意拍照"):
        services.report_visit(
            session, visit, ReportValues(True, clock.today(), photos=(photo,)), user, clock.now()
        )


@pytest.mark.parametrize(
    ("photos", "words"),
    [
        ([JPEG] * 4, "最多 3 张照片"),
        ([JPEG, PICTURES["html as jpg"][0]], "“IMG 2.jpg”不是 JPEG"),
        ([PICTURES["photo of an iphone"][0]], "HEIC"),
    ],
)
def test_a_refused_photo_is_named_at_the_field_and_nothing_is_kept(new_reader, session, own, photos, words):
    user, visit, _consent = own

    page = report(new_reader(user), visit, *photos, status=422)

    assert words in page.words(".field-error")[0].replace("IMG2", "IMG 2").replace("IMG_2", "IMG 2")
    assert count(session, StoredFile) == count(session, VisitReport) == 0


def test_an_infected_photo_is_stopped_and_told_to_the_trail(new_reader, session, own, monkeypatch):
    user, visit, _consent = own
    with scanner() as address:
        monkeypatch.setattr(scanning, "_address", address)

        page = report(new_reader(user), visit, JPEG + EICAR, status=422)

    told = session.scalars(select(AuditEntry).where(AuditEntry.action == "refused")).one()
    assert "病毒" in page.words(".field-error")[0]
    assert (told.actor_id, told.detail) == (user.id, {"reason": "infected"})
    assert count(session, StoredFile) == 0


def test_the_same_form_twice_keeps_one_photo(new_reader, session, own):
    user, visit, _consent = own
    page = new_reader(user).get(f"/visits/mine/{visit.id}/report")

    ends = [page.submit(MET | {"photos": [(io.BytesIO(JPEG), "x.jpg")]}).path for _ in range(2)]

    assert ends == ["/visits/mine"] * 2
    assert count(session, StoredFile) == count(session, VisitPhoto) == 1


def test_another_photo_of_the_same_name_is_another_report(new_reader, session, own):
    user, visit, _consent = own
    page = new_reader(user).get(f"/visits/mine/{visit.id}/report")
    page.submit(MET | {"photos": [(io.BytesIO(JPEG), "image.jpg")]})

    again = page.submit(MET | {"photos": [(io.BytesIO(with_exif()), "image.jpg")]}, status=409)

    assert "这次的改动没有保存" in again.text
    assert count(session, StoredFile) == 1


def test_a_photo_is_kept_two_years_and_goes_with_its_file(new_reader, session, own):
    user, visit, _consent = own
    report(new_reader(user), visit, JPEG)

    stored = session.scalars(select(StoredFile)).one()
    assert (stored.area_code, stored.kept_until) == (HOME, clock.today() + timedelta(days=730))
    session.delete(stored)
    session.flush()
    assert count(session, VisitPhoto) == 0


def heavy_report(reader, visit, *photos):
    """Send a report that weighs much; the body is put together here, since the client would leave it open."""
    page = reader.get(f"/visits/mine/{visit.id}/report")
    files = [FileStorage(io.BytesIO(data), f"{number}.jpg") for number, data in enumerate(photos)]
    boundary, body = encode_multipart(fill(page.form(), MET | {"photos": files}))
    kind = f"multipart/form-data; boundary={boundary}"
    return reader.fetch("POST", page.path, data=body, content_type=kind).status_code


def test_three_photos_of_a_phone_fit_into_one_report(new_reader, own):
    user, visit, _consent = own
    reader = new_reader(user)
    heavy = JPEG + bytes(7 * 2**20)

    assert heavy_report(reader, visit, heavy, heavy, heavy) == 303
    assert len(addresses(reader, f"/visits/mine/{visit.id}")) == 3


def test_more_than_the_photos_can_weigh_is_refused_unread(new_reader, session, own):
    user, visit, _consent = own

    assert heavy_report(new_reader(user), visit, bytes(25 * 2**20)) == 413
    assert count(session, VisitReport) == 0

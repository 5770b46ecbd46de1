"""The signed form of a consent: looked through, sealed, for the staff of the place, while it is proof."""

import io
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from pairing.audit.models import AuditEntry
from pairing.consents import services
from pairing.consents.models import Consent
from pairing.consents.queries import find_evidence, find_standing
from pairing.consents.rules import Purpose, WithdrawnHow
from pairing.files.models import StoredFile
from pairing.files.rules.kinds import MOST_BYTES, FileKind
from pairing.files.services import SoundFile, scanning
from pairing.households.models import HouseholdStatus
from pairing.retention.services import anonymise_household
from tests.consents.makers import give, head_of
from tests.files.hostile_papers import PAPERS
from tests.files.hostile_pictures import JPEG, PICTURES, with_exif
from tests.support.clamd import EICAR, scanner
from tests.support.forms import fill
from tests.support.makers import (
    HOME,
    MONDAY,
    NEARBY,
    NOW,
    make_consent,
    make_household,
    make_pairing,
    make_staff,
    make_volunteer_user,
)

PDF = PAPERS["plain"][0]
PAPER = SoundFile(FileKind.PDF, PDF)


def send(reader, household, *papers, status=303, name="image.jpg"):
    """Write down that the head agreed on paper, which comes along."""
    page = reader.get(f"/consents/{household.id}/pairing/new")
    return page.submit(typed(household, *papers, name=name), status=status)


def typed(household, *papers, name="image.jpg"):
    given = {"giver": str(head_of(household).id), "given_how": "paper"}
    return given | ({"evidence": (io.BytesIO(papers[0]), name)} if papers else {})


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


@pytest.fixture
def worker(new_reader):
    return new_reader(make_staff(HOME))


@pytest.mark.parametrize(
    ("paper", "mimetype", "ending"), [(PDF, "application/pdf", "pdf"), (with_exif(), "image/jpeg", "jpeg")]
)
def test_a_paper_is_handed_out_with_nothing_that_could_act(worker, paper, mimetype, ending):
    household = make_household()

    answer = worker.download(send(worker, household, paper).link("下载扫描件或照片"))

    assert (answer.mimetype, b"Canary Camera" in answer.data) == (mimetype, False)
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="consent-')
    assert answer.headers["Content-Disposition"].endswith(f'.{ending}"')


def test_without_a_paper_the_yes_counts_all_the_same(worker, session):
    household = make_household()

    page = send(worker, household)

    assert "下载扫描件" not in page.text
    assert find_standing(session, household.id, Purpose.PAIRING).evidence_id is None


def test_a_paper_is_sealed_and_kept_in_the_area_of_the_household(worker, session):
    household = make_household()

    send(worker, household, PDF)

    stored = session.scalars(select(StoredFile)).one()
    assert (stored.kind, stored.area_code, stored.kept_until) == (FileKind.PDF, HOME, date.max)
    assert find_standing(session, household.id, Purpose.PAIRING).evidence_id == stored.id


def test_a_paper_is_not_there_for_anybody_else(new_reader, worker):
    household = make_household()
    address = send(worker, household, PDF).link("下载扫描件或照片")
    user, volunteer = make_volunteer_user()
    make_pairing(household, volunteer)

    assert new_reader().fetch("GET", address).status_code == 302
    new_reader(make_staff(NEARBY)).get(address, 404)
    new_reader(user).get(address, 404)


def test_a_paper_belongs_to_its_household_alone(worker):
    household, other = make_household(), make_household()
    number = send(worker, household, PDF).link("下载扫描件或照片").rpartition("/")[2]

    worker.get(f"/consents/{other.id}/evidence/{number}", 404)
    worker.get(f"/consents/{other.id}/evidence/{make_consent(other).id}", 404)


def test_who_fetched_a_paper_stands_in_the_trail(worker, session):
    household = make_household()
    address = send(worker, household, PDF).link("下载扫描件或照片")

    worker.download(address)

    told = session.scalars(select(AuditEntry).where(AuditEntry.kind == "read")).one()
    assert (told.subject_type, told.subject_id) == ("Household", str(household.id))


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        (PICTURES["html as jpg"][0], "请上传 PDF 或照片"),
        (PAPERS["a script"][0], "脚本"),
        (PICTURES["photo of an iphone"][0], "HEIC"),
    ],
)
def test_a_refused_paper_is_told_at_the_field_and_nothing_is_written(worker, session, paper, words):
    page = send(worker, make_household(), paper, status=422)

    assert words in page.words(".field-error")[0]
    assert count(session, StoredFile) == count(session, Consent) == 0


def test_an_infected_paper_is_stopped_and_told_to_the_trail(worker, session, monkeypatch):
    with scanner() as address:
        monkeypatch.setattr(scanning, "_address", address)

        page = send(worker, make_household(), JPEG + EICAR, status=422)

    told = session.scalars(select(AuditEntry).where(AuditEntry.action == "refused")).one()
    assert "病毒" in page.words(".field-error")[0]
    assert (told.subject_id, told.detail) == ("consents.give_consent", {"reason": "infected"})
    assert count(session, StoredFile) == 0


def test_the_same_form_twice_keeps_one_paper_and_another_paper_is_refused(worker, session):
    household = make_household()
    page = worker.get(f"/consents/{household.id}/pairing/new")

    ends = [page.submit(typed(household, JPEG)).path for _ in range(2)]
    page.submit(typed(household, with_exif()), status=409)

    assert ends == [f"/consents/{household.id}"] * 2
    assert count(session, StoredFile) == count(session, Consent) == 1


@pytest.mark.parametrize(("more", "status", "kept"), [(0, 303, 1), (1, 422, 0), (2**17, 413, 0)])
def test_a_paper_as_heavy_as_a_file_may_be_is_taken(worker, session, more, status, kept):
    household = make_household()
    page = worker.get(f"/consents/{household.id}/pairing/new")
    heavy = FileStorage(io.BytesIO(JPEG + bytes(MOST_BYTES - len(JPEG) + more)), "image.jpg")
    boundary, body = encode_multipart(fill(page.form(), typed(household) | {"evidence": heavy}))
    kind = f"multipart/form-data; boundary={boundary}"  # the client would leave such a body open

    answer = worker.fetch("POST", f"/consents/{household.id}/pairing", data=body, content_type=kind)

    assert (answer.status_code, count(session, StoredFile)) == (status, kept)


def test_an_ended_consent_keeps_its_paper_for_three_years(session):
    household = make_household()
    first = give(session, household, paper=PAPER)
    second = give(session, household, paper=PAPER)
    services.withdraw_consent(session, second, WithdrawnHow.PHONE, MONDAY, make_staff(), NOW)

    ends = [find_evidence(session, consent).kept_until for consent in (first, second)]

    assert ends == [MONDAY + timedelta(days=1096)] * 2


def test_the_paper_of_a_past_consent_can_still_be_fetched(worker):
    household = make_household()
    send(worker, household, PDF)
    page = send(worker, household)

    assert worker.download(page.link("的扫描件或照片")).data == PDF


def test_a_paper_follows_its_household_to_another_community(new_reader, session, worker):
    household = make_household()
    address = send(worker, household, PDF).link("下载扫描件或照片")
    household.area_code = NEARBY
    session.commit()

    assert new_reader(make_staff(NEARBY)).download(address).data == PDF
    worker.get(address, 404)


def test_a_paper_goes_when_the_household_becomes_anonymous(session):
    household = make_household()
    consent = give(session, household, paper=PAPER)
    household.status, household.closed_on = HouseholdStatus.CLOSED, MONDAY

    anonymise_household(session, household, None, NOW)
    session.commit()

    session.refresh(consent)
    assert (consent.evidence_id, count(session, StoredFile)) == (None, 0)

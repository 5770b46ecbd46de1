from datetime import timedelta

from pairing.outbox.models import Message
from pairing.pairings.models import EndReason, PairingStatus
from pairing.review import services
from pairing.visits.models import VisitStatus
from tests.support.makers import (
    MONDAY,
    NOW,
    make_pairing,
    make_plan,
    make_staff,
    make_visit,
    make_volunteer_user,
)


def test_the_end_cancels_what_was_planned_and_tells_the_volunteer(session):
    user, volunteer = make_volunteer_user()
    pairing = make_pairing(volunteer=volunteer)
    make_plan(pairing)
    visit = make_visit(pairing)

    services.end_pairing(session, pairing, make_staff(), EndReason.MOVED, "", NOW)

    assert pairing.status is PairingStatus.ENDED
    assert visit.status is VisitStatus.CANCELLED
    message = session.query(Message).filter_by(user_id=user.id, channel="inbox").one()
    assert message.subject == "一户家庭的结对已结束"


def test_what_was_done_stays(session):
    pairing = make_pairing()
    done = make_visit(pairing, status=VisitStatus.DONE)

    services.end_pairing(session, pairing, make_staff(), EndReason.TERM_OVER, "", NOW)

    assert done.status is VisitStatus.DONE


def test_pages_end_a_pairing_with_a_reason_at_its_field(reader, session):
    pairing = make_pairing()
    page = reader.sign_in(make_staff()).get(f"/review/pairings/{pairing.id}")

    again = page.submit({"note": "搬走了"}, status=422)
    ended = again.submit({"reason": "moved"})

    assert again.words(".field-error") == ["请选择结束原因"]
    assert "搬迁" in ended.text
    assert (pairing.status, pairing.end_note) == (PairingStatus.ENDED, "搬走了")


def test_the_page_of_a_pairing_shows_the_next_visits_before_the_last(reader):
    pairing = make_pairing()
    for weeks in range(-2, 6):
        make_visit(pairing, planned_on=MONDAY + timedelta(weeks=weeks))

    page = reader.sign_in(make_staff()).get(f"/review/pairings/{pairing.id}")

    days = [words.split(" 日")[0] for words in page.words("tbody th")]
    assert days == ["11 月 23", "11 月 30", "12 月 7", "11 月 16", "11 月 9"]

"""A place or a number that no form offers is refused, wherever it is posted."""

from datetime import timedelta

import pytest

from pairing import clock
from pairing.households.models import Household
from pairing.matching.models import ProposalStatus
from tests.support.makers import HOME, NEARBY, NOW, make_household, make_proposal, make_staff

DAY = timedelta(days=1)
FORMS = {
    "/households/new": "/households",
    "/volunteers/new": "/volunteers",
    "/enterprises/new": "/enterprises",
    "/matching/new": "/matching/new",
    "/rosters": "/rosters",
}


def send(reader, page, path, **values):
    """Post to *path* with the token of *page*."""
    token = reader.get(page).select("input[name=csrf_token]")[0]["value"]
    return reader.fetch("POST", path, data={"csrf_token": token, **values})


@pytest.mark.parametrize("shown", FORMS)
def test_no_form_takes_the_code_of_another_community(new_reader, session, shown):
    reader = new_reader(make_staff(HOME))

    answer = send(reader, shown, FORMS[shown], area_code=NEARBY)

    assert answer.status_code == 422
    assert "area_code-error" in answer.text or 'aria-invalid="true"' in answer.text
    assert NEARBY not in reader.get(shown).answer.text


def test_deciding_many_leaves_those_of_other_places_alone(new_reader, session):
    ready = {"status": ProposalStatus.ACCEPTED, "consent_at": NOW, "expires_at": clock.now() + DAY}
    own, foreign = (make_proposal(make_household(area_code=area), **ready) for area in (HOME, NEARBY))
    ticked = [str(own.id), str(foreign.id)]

    send(new_reader(make_staff(HOME)), "/review", "/review/proposals/confirm", row=ticked)

    assert (own.status, foreign.status) == (ProposalStatus.CONFIRMED, ProposalStatus.ACCEPTED)


def test_a_list_narrowed_to_a_foreign_place_is_empty(new_reader, session):
    make_household("濮阳远道", area_code=NEARBY)

    page = new_reader(make_staff(HOME)).get(f"/households?area={NEARBY}")

    assert "濮阳远道" not in page.answer.text
    assert session.query(Household).count() == 1

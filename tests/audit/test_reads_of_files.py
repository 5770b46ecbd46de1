"""Whatever page or picture shows a whole file, the trail tells who opened it."""

import pytest

from pairing.audit.models import AuditEntry
from tests.house.access_sides import make_side

HOUSEHOLD, VOLUNTEER, ENTERPRISE = "Household", "Volunteer", "Enterprise"
PAGES = {
    "households.edit_household": {HOUSEHOLD},
    "volunteers.edit_volunteer": {VOLUNTEER},
    "enterprises.edit_enterprise": {ENTERPRISE},
    "consents.show_consents": {HOUSEHOLD},
    "consents.new_consent": {HOUSEHOLD},
    "consents.print_form": {HOUSEHOLD},
    "visits.show_visit": {HOUSEHOLD, VOLUNTEER},
    "visits.show_photo": {HOUSEHOLD},
    "visits.show_my_photo": {HOUSEHOLD},
    "review.show_proposal": {HOUSEHOLD, VOLUNTEER},
    "review.show_pairing": {HOUSEHOLD, VOLUNTEER},
    "review.show_grant": {HOUSEHOLD, ENTERPRISE},
    "review.show_closing": {HOUSEHOLD},
    "review.new_withdrawal": {HOUSEHOLD},
    "subject_requests.show_request": {HOUSEHOLD},
}
OWN = {"visits.show_my_photo": "volunteer"}


@pytest.fixture
def engine_name():
    """What a view tells does not hang on the engine."""
    return "sqlite"


@pytest.mark.parametrize("endpoint", PAGES)
def test_opening_a_file_by_any_page_is_told(app, session, new_reader, endpoint):
    side = make_side("A")
    ids = {**side.ids_for(endpoint), "purpose": "pairing"}
    known = {HOUSEHOLD: ids["household_id"], VOLUNTEER: ids["volunteer_id"], ENTERPRISE: ids["enterprise_id"]}
    by = side.users[OWN.get(endpoint, "worker")]
    wanted = next(rule for rule in app.url_map.iter_rules(endpoint) if "GET" in rule.methods)
    path = app.url_map.bind("localhost").build(endpoint, {name: ids[name] for name in wanted.arguments})

    new_reader(by).download(path)

    told = session.query(AuditEntry).filter_by(kind="read", actor_id=by.id)
    found = {(entry.subject_type, entry.subject_id) for entry in told}
    assert found == {(name, str(known[name])) for name in PAGES[endpoint]}

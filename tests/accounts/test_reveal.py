"""What is masked is shown once, for a reason, and that stands in the trail."""

import pytest

from pairing.audit.models import AuditEntry
from tests.support.makers import HOME, STREET, make_enterprise, make_household, make_staff, make_volunteer

PHONE = "+8610000000009"
MAKERS = {
    "households": lambda: make_household(phone=PHONE),
    "volunteers": lambda: make_volunteer(phone=PHONE),
    "enterprises": lambda: make_enterprise(contact_phone=PHONE, area_code=HOME),
}


@pytest.fixture(params=MAKERS)
def page_path(request, session):
    """The page of a household, a volunteer or a company."""
    return f"/{request.param}/{MAKERS[request.param]().id}"


def test_a_reason_shows_the_phone_once_and_is_kept(reader, session, page_path):
    page = reader.sign_in(make_staff(STREET)).get(page_path)

    page = page.submit({"why": "contact"}, form=f"form[action='{page_path}/reveal']", status=200)

    assert "100 0000 0009" in page.text
    assert "100 0000 0009" not in reader.get(page_path).text
    entry = session.query(AuditEntry).filter(AuditEntry.action.startswith("reveal_")).one()
    assert entry.detail == {"reason": "contact"}


def test_without_a_reason_nothing_is_shown(reader, session, page_path):
    page = reader.sign_in(make_staff(STREET)).get(page_path)

    page = page.submit(form=f"form[action='{page_path}/reveal']", status=422)

    assert "100 0000 0009" not in page.text
    assert page.words("#why-error") == ["请选择原因"]


def test_nobody_reveals_beyond_the_scope(reader, session, page_path):
    token = reader.sign_in(make_staff("370203")).get("/accounts/new").select("[name=csrf_token]")[0]["value"]

    reader.post(f"{page_path}/reveal", {"csrf_token": token, "why": "contact"}, 404)


def test_a_form_for_changes_hides_what_is_masked_and_an_empty_field_keeps_it(new_reader, page_path):
    page = new_reader(make_staff(STREET)).get(f"{page_path}/edit")
    assert "100 0000 0009" not in page.answer.text

    page.submit({"note": "已核对"}, form=f"main form[action='{page_path}']")

    page = new_reader(make_staff(HOME)).get(page_path)
    assert "100 0000 0009" in page.text
    assert "已核对" in page.text

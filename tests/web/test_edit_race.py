"""Many save one file at the same instant: one is first, the others choose, and nobody meets an error."""

from contextvars import Context

import pytest

from pairing.db import transaction
from pairing.enterprises import views as enterprises
from pairing.households import views as households
from pairing.volunteers import views as volunteers
from tests.support.forms import fill
from tests.support.makers import HOME, make_enterprise, make_household, make_staff, make_volunteer
from tests.support.reader import Reader
from tests.support.together import together

CROWD = 6
REGISTERS = {
    "households": (households, make_household),
    "volunteers": (volunteers, make_volunteer),
    "enterprises": (enterprises, make_enterprise),
}


@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize("is_locked", [True, False], ids=["locked", "without the lock"])
def test_one_saves_and_the_others_see_both_versions(live_app, monkeypatch, register, is_locked):
    module, make = REGISTERS[register]
    if not is_locked:  # then two reach the row with the same version, and the store refuses the second
        found = module.get_scoped
        monkeypatch.setattr(module, "get_scoped", lambda *given, lock=False: found(*given))
    with live_app.app_context():
        with transaction():
            staff, path = make_staff(HOME), f"/{register}/{make(area_code=HOME).id}"
        page = Reader(live_app).sign_in(staff).get(f"{path}/edit")
    form = page.form(f"main form[action='{path}']")

    def save(number):
        client = live_app.test_client()
        client._cookies.update(page.reader.client._cookies)
        data = fill(form, {"note": f"第{number}人", "request_key": f"save {number}"})
        return Context().run(client.post, path, data=data)

    answers = together(CROWD, save)

    assert sorted(answer.status_code for answer in answers) == [303] + [409] * (CROWD - 1)
    assert all("用现在的" in answer.text for answer in answers if answer.status_code == 409)

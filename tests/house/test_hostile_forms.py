"""Forms filled in by somebody who means harm: whatever a field holds, the answer is a page, nothing runs."""

import os
import time

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pairing.db import db
from tests.house.form_world import PAGES, FormWorld, forms_of
from tests.support import makers
from tests.support.forms import fill

EXAMPLES = int(os.environ.get("PAIRING_FUZZ_EXAMPLES", "6"))  # for each page, on each engine
SLOWEST_S = 3
MARKUP = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>"
LIVE = ("<img src=x", "<script>alert")
HOSTILE = [
    "", " ", MARKUP, "a\0b", "a\r\nBcc: x@y.z", "x" * 30_000, "9" * 5000, "-1", "0", "2147483648", "9" * 20,
    "1e400", "NaN", "²", "１２", "0001-01-01", "9999-12-31", "2026-02-30", "{{7*7}}", "%(x)s %s", "=1+1",
    "\u202eabc\u200b", "😀" * 60, "İ" * 60, "../../x", "on", "none", "370203021001", "1099511627776",
]  # fmt: skip
STRANGE_NAMES = [
    "members-²-name",
    "members-0-member_id",
    "members-99999-name",
    "needs-²-amount",
    "status",
    "role",
]
UNREACHED = {  # buttons that no page of FORMS shows, and why
    "accounts.drop_factor",  # who set a code up and need not have one
    "subject_requests.drop_day",  # a day that an office has written into the calendar
}
GENTLY = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def on_a_monday():
    """Stay on the day for which everything is made."""
    with time_machine.travel(makers.NOW, tick=False):
        yield


@pytest.fixture
def world(app, session):
    """Make one of everything that has a form."""
    return FormWorld(app)


@st.composite
def spoilt(draw, standing):
    """Fill most fields as they stand, some with what nobody should type."""
    values = st.sampled_from(HOSTILE) | st.text(max_size=80)
    names = [name for name in (*standing, *STRANGE_NAMES) if name != "csrf_token"]
    spoilt_ones = draw(st.lists(st.sampled_from(names), min_size=1, max_size=6, unique=True))
    return standing | {name: draw(values) for name in spoilt_ones}


@pytest.mark.parametrize(("who", "path"), PAGES, ids=[f"{who} {path}" for who, path in PAGES])
def test_whatever_a_field_holds_the_answer_is_a_page(world, who, path):
    page = world.visit(who, path)
    forms = forms_of(page, "main") or forms_of(page)
    assert forms

    @GENTLY
    @given(st.data())
    def send(data):
        action, form = data.draw(st.sampled_from(forms))
        check(page.reader, action, data.draw(spoilt(fill(form, {}))))

    send()


def check(reader, path, sent):
    """Send a form, take back what it did, and look at the answer."""
    began = time.perf_counter()
    with db.engines[None].begin_nested() as savepoint:
        answer = reader.fetch("POST", path, data=sent)
        savepoint.rollback()
    took = time.perf_counter() - began
    db.session.expire_all()
    assert answer.status_code < 500, (path, sent)
    assert "html" not in answer.mimetype or not [mark for mark in LIVE if mark in answer.text], (path, sent)
    assert took < SLOWEST_S, (path, sent, took)


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_every_form_that_is_sent_somewhere_stands_on_one_of_these_pages(app, world):
    adapter = app.url_map.bind("localhost")
    sent_to = {
        action.partition("?")[0] for who, path in PAGES for action, _form in forms_of(world.visit(who, path))
    }
    found = {adapter.match(action, "POST")[0] for action in sent_to}

    takes = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    assert sorted(takes - found) == sorted(UNREACHED)

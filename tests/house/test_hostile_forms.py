"""Forms filled in by somebody who means harm: whatever a field holds, the answer is a page, nothing runs."""

import os

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pairing.db import db
from pairing.matching.models import ProposalStatus
from tests.support import makers
from tests.support.forms import fill

EXAMPLES = int(os.environ.get("PAIRING_FUZZ_EXAMPLES", "6"))  # for each form, on each engine
MARKUP = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>"
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
FORMS = {
    "staff": (
        "/accounts/new", "/accounts/me/password", "/enterprises/new", "/enterprises/{enterprise}",
        "/enterprises/{enterprise}/edit", "/enterprises/{enterprise}/pledges/new", "/households",
        "/households/new", "/households/{household}", "/households/{household}/edit", "/matching/new",
        "/review/grants/{grant}", "/review/pairings/{pairing}", "/review/proposals/{proposal}", "/rosters",
        "/review/proposals/{agreed}",
        "/visits/new/{household}", "/visits/{visit}", "/visits/{visit}/report", "/volunteers/new",
        "/volunteers/{volunteer}/edit",
    ),
    "volunteer": ("/volunteers/me/edit", "/visits/mine/{visit}/report", "/matching/mine/{proposal}"),
    "company": ("/enterprises/pledges/new", "/enterprises/me/edit", "/matching/grants/{grant}"),
    "nobody": ("/volunteers/registration", "/enterprises/registration", "/accounts/sign-in"),
}  # fmt: skip
PAGES = [(who, page) for who, pages in FORMS.items() for page in pages]
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
def visit_page(session, new_reader):
    """Return a function that opens a page of FORMS as the right person."""
    user, volunteer = makers.make_volunteer_user()
    company_user, company = makers.make_company_user(makers.HOME)
    people = {
        "staff": makers.make_staff(makers.DISTRICT),
        "volunteer": user,
        "company": company_user,
        "nobody": None,
    }
    ids = rows(volunteer, company)
    return lambda who, page: new_reader(people[who]).get(page.format(**ids))


def rows(volunteer, company):
    """Make one of everything that has a form."""
    household = makers.make_household()
    makers.make_member(household)
    need = makers.make_need(household, amount_fen=100_000)
    pairing = makers.make_pairing(makers.make_household(), volunteer)
    made = {
        "household": household,
        "volunteer": volunteer,
        "enterprise": company,
        "pairing": pairing,
        "grant": makers.make_grant(need, makers.make_pledge(company)),
        "proposal": makers.make_proposal(household, volunteer, status=ProposalStatus.PROPOSED),
        "agreed": makers.make_proposal(status=ProposalStatus.ACCEPTED, consent_at=makers.NOW),
        "visit": makers.make_visit(pairing),
    }
    return {name: row.id for name, row in made.items()}


@st.composite
def spoilt(draw, standing):
    """Fill most fields as they stand, some with what nobody should type."""
    values = st.sampled_from(HOSTILE) | st.text(max_size=80)
    names = [name for name in (*standing, *STRANGE_NAMES) if name != "csrf_token"]
    spoilt_ones = draw(st.lists(st.sampled_from(names), min_size=1, max_size=6, unique=True))
    return standing | {name: draw(values) for name in spoilt_ones}


@pytest.mark.parametrize(("who", "path"), PAGES, ids=[path for _who, path in PAGES])
def test_whatever_a_field_holds_the_answer_is_a_page(visit_page, who, path):
    page = visit_page(who, path)
    forms = [form for form in page.select("main form[method=post]") if form.select("[name]")]
    assert forms

    @GENTLY
    @given(st.data())
    def send(data):
        form = data.draw(st.sampled_from(forms))
        sent = data.draw(spoilt(fill(form, {})))
        check(page.reader, str(form.get("action") or page.path), sent)

    send()


def check(reader, path, sent):
    """Send a form, take back what it did, and look at the answer."""
    with db.engines[None].begin_nested() as savepoint:
        answer = reader.fetch("POST", path, data=sent)
        savepoint.rollback()
    db.session.expire_all()
    assert answer.status_code < 500, (path, sent)
    assert answer.status_code != 200 or "html" not in answer.mimetype or MARKUP not in answer.text

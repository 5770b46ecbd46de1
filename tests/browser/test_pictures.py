"""The pictures in docs/pictures, taken from the whole demo; they run only with --pictures."""

import pytest
from sqlalchemy import select

from pairing import clock
from pairing.accounts.models import User
from pairing.db import current_session, transaction
from pairing.demo.services import PASSWORD, seed_registers
from pairing.rehearsal.services import rehearse
from pairing.visits.models import Visit, VisitStatus
from pairing.volunteers.models import Volunteer
from tests.browser.conftest import served
from tests.browser.person import Person
from tests.browser.rosters import upload, workbook
from tests.support import databases

pytestmark = pytest.mark.browser
TALL = 1400  # for pages whose bar at the bottom would cover what it is about


@pytest.fixture(scope="module")
def site():
    """Serve the invented district, once for all pictures."""
    app = databases.build_app(databases.fresh_database("sqlite"))
    with app.app_context(), transaction() as session:
        rehearse(session, seed_registers(session, clock.today(), clock.now()), clock.today())
    with served(app) as site:
        yield site


@pytest.fixture
def at_desk(desk):
    """Return a function that signs somebody of the demo in at a desk."""
    return lambda name: Person(desk).signs_in(name, PASSWORD)


@pytest.fixture
def on_phone(phone):
    """Return a function that signs somebody of the demo in on a phone."""
    return lambda name: Person(phone).signs_in(name, PASSWORD)


def somebody_with_a_report_to_write():
    """Return the sign-in name of a volunteer whose visit is over."""
    due = Visit.status == VisitStatus.PLANNED, Visit.planned_on <= clock.today()
    found = select(User.sign_in_name).join(Volunteer, Volunteer.user_id == User.id)
    return (
        current_session().scalars(found.join(Visit, Visit.volunteer_id == Volunteer.id).where(*due)).first()
    )


def test_start(desk, keep_picture):
    keep_picture(Person(desk).goes_to("/").page, "start")


def test_home_of_a_worker(at_desk, keep_picture):
    keep_picture(at_desk("worker").page, "worker-home")


def test_households(at_desk, keep_picture):
    keep_picture(at_desk("worker").turns_to("家庭").sees("共").page, "households")


def test_file_of_a_household(at_desk, keep_picture):
    worker = at_desk("worker").turns_to("家庭")
    worker.main.get_by_role("row").nth(1).get_by_role("link").click()
    keep_picture(worker.sees("家庭情况").page, "household", TALL)


def test_preview_of_an_import(at_desk, keep_picture, tmp_path):
    office = at_desk("street")
    upload(office, workbook("households", tmp_path))
    keep_picture(office.turns_to("未通过").page, "import-preview")


def test_preview_of_a_matching(at_desk, keep_picture):
    office = at_desk("admin").turns_to("匹配").follows("匹配志愿者").presses("看预览")
    keep_picture(office.sees("可以安排").page, "matching-preview")


def test_proposals_to_decide(at_desk, keep_picture):
    worker = at_desk("worker").turns_to("结对").follows("待确认").ticks("全选本页")
    keep_picture(worker.page, "proposals", TALL)


def test_visits_of_the_week(at_desk, keep_picture):
    keep_picture(at_desk("street").turns_to("走访").follows("下一周").sees("共").page, "visits")


def test_where_the_money_of_a_company_is(at_desk, keep_picture):
    company = at_desk("company").turns_to("认捐").follows("看钱用在哪里")
    keep_picture(company.sees("预留给了谁").page, "pledge")


def test_home_of_a_volunteer(on_phone, keep_picture):
    keep_picture(on_phone("volunteer").page, "volunteer-home")


def test_proposal_to_a_volunteer(on_phone, keep_picture):
    volunteer = on_phone("volunteer").turns_to("结对").follows("一户家庭")
    keep_picture(volunteer.sees("我愿意").page, "volunteer-proposal", TALL)


def test_report_of_a_volunteer(site, on_phone, keep_picture):
    volunteer = on_phone(site.make(somebody_with_a_report_to_write))
    volunteer.turns_to("走访").follows("填写走访记录").ticks("见到了", "30 分钟")
    keep_picture(volunteer.page, "volunteer-report", TALL)

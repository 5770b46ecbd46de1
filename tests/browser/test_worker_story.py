"""A community worker at a desk: from the office's workbooks to the reminder of the first visit."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from pairing.db import db
from pairing.scheduler.jobs import run_all
from pairing.visits.models import Reminder, ReminderStatus
from tests.browser.matching import match_people, note_answer, note_consent
from tests.browser.person import Person
from tests.browser.rosters import import_roster, workbook
from tests.support.makers import HOME, make_staff

pytestmark = pytest.mark.browser
PAIRS = 3  # of those proposed, taken as far as a pairing


def seed():
    """Make the staff of a community whose registers are empty."""
    return make_staff(HOME, email=None).sign_in_name


def first_due():
    """Return when the next reminder is due."""
    waiting = Reminder.status == ReminderStatus.WAITING
    return db.session.scalar(select(func.min(Reminder.due_at)).where(waiting))


def confirm_all(worker: Person) -> None:
    """Confirm in one go what volunteers and households agree to."""
    worker.goes_to("/review?tab=ready").ticks("全选本页").sees(f"已选 {PAIRS}")
    worker.presses_and_agrees("确认所选结对").sees("确认结果", "请电话告知志愿者")


def test_a_worker_imports_matches_confirms_in_bulk_and_sees_the_reminder_go_out(site, desk, tmp_path):
    name = site.make(seed)
    worker = Person(desk).signs_in(name)
    for kind in ("households", "volunteers"):
        count = import_roster(worker, workbook(kind, tmp_path))
        worker.follows("去看名册").sees(f"共 {count} 条")

    match_people(worker)
    for _pair in range(PAIRS):
        note_answer(worker.goes_to("/review?tab=asked").follows("查看"))
        note_consent(worker)
    confirm_all(worker)
    worker.turns_to("走访").follows("提醒发送情况").follows("未到时间的提醒").sees("前一天")
    with time_machine.travel(site.make(first_due) + timedelta(minutes=1)):
        assert run_all(site.app)
        worker.signs_in(name).goes_to("/inbox").sees("未读", "走访")
        worker.goes_to("/inbox/deliveries").follows("已发送").sees("站内消息", "已发送")

from datetime import timedelta

import pytest

from pairing import clock
from pairing.visits.models import Visit, VisitStatus
from tests.support.makers import OUTSIDE, make_staff, make_visit, make_volunteer_user


@pytest.fixture
def run(app, session):
    """Return a way to run ``flask visits``."""

    def invoke(*words):
        session.commit()
        return app.test_cli_runner().invoke(args=["visits", *map(str, words)])

    return invoke


def test_the_week_is_listed_overdue_first(run, session):
    today = clock.today()
    late, due = make_visit(planned_on=today - timedelta(days=9)), make_visit(planned_on=today)

    result = run("list", "--by", make_staff().sign_in_name)

    lines = [line.split("\t") for line in result.output.splitlines()]
    assert [line[0] for line in lines] == [str(late.id), str(due.id)]
    assert [line[-1] for line in lines] == ["overdue", "planned"]


def test_a_visit_is_reported(run, session):
    visit = make_visit(planned_on=clock.today())

    result = run("report", visit.id, "--by", make_staff().sign_in_name, "--minutes", 20, "--topic", "health")

    assert result.output == f"visit {visit.id}: done\n"
    assert session.get_one(Visit, visit.id).status is VisitStatus.DONE


def test_what_is_refused_is_said(run, session):
    visit = make_visit(planned_on=clock.today(), status=VisitStatus.CANCELLED)

    result = run("report", visit.id, "--by", make_staff().sign_in_name)

    assert result.exit_code == 1
    assert "已经填报或取消" in result.output


def test_only_staff_of_the_place_report(run, session):
    visit = make_visit(planned_on=clock.today())
    volunteer, _ = make_volunteer_user()

    assert run("report", visit.id, "--by", make_staff(OUTSIDE).sign_in_name).exit_code == 1
    assert run("report", visit.id, "--by", volunteer.sign_in_name).exit_code == 1
    assert session.get_one(Visit, visit.id).status is VisitStatus.PLANNED

"""``flask visits``: the week's visits, and a report, from the command line."""

from datetime import datetime, timedelta

import click

from pairing import clock
from pairing.accounts.cli import BY, get_staff
from pairing.accounts.queries import get_scoped
from pairing.accounts.rules import Permission
from pairing.db import current_session, transaction
from pairing.visits.models import Mood, Topic, Visit
from pairing.visits.queries import VisitFilter, list_visits
from pairing.visits.services import ReportValues, report_visit
from pairing.web.commands import Commands

visits = Commands("visits", help="Visits: list those of a week, report one.")
DAY = click.DateTime(["%Y-%m-%d"])
MOODS = click.Choice([mood.value for mood in Mood])
TOPICS = click.Choice([topic.value for topic in Topic])


@visits.command("list")
@BY
@click.option("--week", type=DAY, help="Any day of the week, YYYY-MM-DD; by default this week.")
def list_command(sign_in_name: str, week: datetime | None) -> None:
    """Print the visits of a week, overdue ones first."""
    session, today = current_session(), clock.today()
    day = week.date() if week else today
    start = day - timedelta(days=day.weekday())
    chosen = VisitFilter(start, start + timedelta(days=6), today)
    rows = session.execute(list_visits(get_staff(session, sign_in_name, Permission.MANAGE_VISITS), chosen))
    for visit, household, volunteer, community in rows:
        who = volunteer.name if volunteer else "-"
        status = "overdue" if visit.status == "planned" and visit.planned_on < today else visit.status.value
        start_words = f"{clock.local(visit.starts_at):%Y-%m-%d %H:%M}"
        click.echo("\t".join([str(visit.id), start_words, household.file_no, community, who, status]))


@visits.command("report")
@click.argument("visit_id", type=int)
@BY
@click.option("--met/--not-met", default=True, help="Whether somebody was met.")
@click.option("--on", "visited_on", type=DAY, help="Day of the visit, YYYY-MM-DD; by default today.")
@click.option("--minutes", type=click.IntRange(1, 600), default=30, show_default=True)
@click.option("--mood", type=MOODS, default=Mood.GOOD.value, show_default=True)
@click.option("--topic", "topics", type=TOPICS, multiple=True)
@click.option("--note", default="")
def report_command(
    visit_id: int,
    sign_in_name: str,
    met: bool,
    visited_on: datetime | None,
    minutes: int,
    mood: str,
    topics: tuple[str, ...],
    note: str,
) -> None:
    """Close a visit by a report; "not met" plans the next try."""
    day = visited_on.date() if visited_on else clock.today()
    values = ReportValues(met, day, minutes, tuple(Topic(topic) for topic in topics), Mood(mood), note)
    with transaction() as session:
        by = get_staff(session, sign_in_name, Permission.MANAGE_VISITS)
        visit = get_scoped(session, Visit, visit_id, by)
        report_visit(session, visit, values, by, clock.now())
    click.echo(f"visit {visit_id}: {'done' if met else 'not met'}")

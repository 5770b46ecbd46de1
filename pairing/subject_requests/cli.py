"""``flask workdays import FILE.csv``."""

from pathlib import Path

import click

from pairing import clock
from pairing.db import transaction
from pairing.subject_requests import services
from pairing.web.commands import Commands
from pairing.workdays.queries import missing_years
from pairing.workdays.services import read_days

workdays = Commands("workdays", help="Days off and working Saturdays.")


@workdays.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_workdays(file: Path) -> None:
    """Write down the lines date,休|班,name,source of FILE, all or none."""
    days = read_days(file.read_text(encoding="utf-8-sig"))
    with transaction() as session:
        count = services.write_days(session, days, None, clock.now())
        missing = missing_years(session, clock.today())
    click.echo(f"已登记 {count} 天")
    for year in missing:
        click.echo(f"还缺 {year} 年的放假安排", err=True)

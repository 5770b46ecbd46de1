"""``flask retention run``."""

import click
from flask import current_app

from pairing import clock
from pairing.db import transaction
from pairing.retention.queries import count_due
from pairing.retention.rules import BY_CODE
from pairing.retention.services import run_retention
from pairing.web.commands import Commands

retention = Commands("retention", help="What is past its time.")


@retention.command("run")
@click.option("--dry-run", is_flag=True, help="Only say how much is past its time; change nothing.")
def run(dry_run: bool) -> None:
    """Forget what is past its time; run again, it goes on where it was ended."""
    settings, now = current_app.config["PAIRING"].keep_days, clock.now()
    if dry_run:
        with transaction() as session:
            counts = count_due(session, now, settings)
    else:
        counts = run_retention(transaction, None, now, settings)
    for code, count in counts.items():
        click.echo(f"{BY_CODE[code].what}:{count}")

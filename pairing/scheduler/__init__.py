"""``flask scheduler``: its own process. The clock ticks here; what is due is asked of the database.

Everything that must survive lies in tables of ours, so a tick that was missed, or a process that
was killed, costs nothing but time.
"""

import click
from flask import current_app
from flask.cli import with_appcontext

from pairing.scheduler.jobs import run_all
from pairing.scheduler.run import run_until_told


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@with_appcontext
def scheduler(once: bool) -> None:
    """Send what is due, let proposals expire, lay visits ahead; until SIGTERM."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if not once:
        run_until_told(app)
    elif not run_all(app):
        raise click.ClickException("a job failed; see the log above")

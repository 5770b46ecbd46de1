"""``flask health``: what is wrong, for whoever looks after the machine."""

import click
from flask import current_app
from flask.cli import with_appcontext

from pairing import clock
from pairing.db import current_session
from pairing.insight.services import find_faults


@click.command("health")
@with_appcontext
def health() -> None:
    """Say what is wrong with the system; ends with 1 where it cannot work."""
    faults = find_faults(current_session(), current_app.config["PAIRING"], clock.now())
    for fault in faults:
        click.echo(f"{'!!' if fault.is_down else ' !'} {fault.code}: {fault.words} {fault.detail}".rstrip())
    if not faults:
        click.echo("ok")
    if any(fault.is_down for fault in faults):
        raise SystemExit(1)

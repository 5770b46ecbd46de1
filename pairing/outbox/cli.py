"""``flask outbox``: whether this database sends, and letting a restored one send."""

import click
from flask.cli import AppGroup

from pairing import clock
from pairing.db import transaction
from pairing.logs import say
from pairing.outbox import services

outbox = AppGroup("outbox", help="E-mails that leave the house.")


@outbox.command()
def status() -> None:
    """Say whether this database sends e-mails."""
    with transaction() as session:
        is_released = services.is_released(session, clock.now())
    click.echo("sends" if is_released else "held: a restored copy; see flask outbox release")


@outbox.command()
@click.confirmation_option(prompt="Is the database from which this one was copied out of service?")
def release() -> None:
    """Let a restored database send; the one that it was copied from must not run any more."""
    with transaction() as session:
        services.release(session, clock.now())
    say("outbox_released")
    click.echo("sends")

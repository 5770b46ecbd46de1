"""``flask audit verify``."""

from datetime import datetime
from pathlib import Path

import click
from flask import current_app

from pairing import clock
from pairing.audit.services import Witness, verify
from pairing.db import current_session
from pairing.web.commands import Commands

audit = Commands("audit", help="The trail of deeds.")


@audit.command("verify")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Trust the chain up to this day.")
def verify_chain(since: datetime | None) -> None:
    """Walk the chain of the trail; end with 1 and name the first place that does not hold."""
    path = current_app.config["PAIRING"].audit_witness
    witness = Witness(Path(path)) if path else None
    start = clock.at(since.date(), 0) if since else None
    verdict = verify(current_session(), start, witness.last() if witness else None)
    if verdict.broken:
        raise click.ClickException(f"审计链不完整:{verdict.broken}")
    if witness:
        witness.note(verdict.head, clock.now())
    head = verdict.head
    click.echo(f"审计链完好:{verdict.links} 环,{verdict.entries} 条记录,链头 {head.number} {head.seal[:16]}")

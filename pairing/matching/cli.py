"""``flask matching``: preview, propose, accept, decline."""

import json
from typing import TypeVar

import click

from pairing import clock
from pairing.db import transaction
from pairing.errors import NotFound
from pairing.matching import services
from pairing.matching.models import DeclineReason, MatchingRun, Proposal, RunKind
from pairing.matching.rules.weights import Weights
from pairing.web.commands import Commands

RowT = TypeVar("RowT")
matching = Commands("matching", help="Match volunteers with households, and pledges with needs.")
PREVIEWS = {RunKind.PEOPLE.value: services.preview_people, RunKind.MONEY.value: services.preview_money}


@matching.command("preview")
@click.option("--kind", type=click.Choice(list(PREVIEWS)), default=RunKind.PEOPLE.value, show_default=True)
@click.option("--area", required=True, help="code of a district, subdistrict or community")
@click.option("--json", "as_json", is_flag=True, help="print the whole summary")
def preview(kind: str, area: str, as_json: bool) -> None:
    """Find pairs or grants and store them as a preview; nobody is asked yet."""
    try:
        with transaction() as session:
            run = PREVIEWS[kind](session, area, Weights(), None, clock.now())
            answer = {"run_id": run.id, "input_digest": run.input_digest, **run.summary}
    except NotFound as error:
        raise click.ClickException(f"没有区划 {area}") from error
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    elif kind == RunKind.PEOPLE.value:
        click.echo(f"匹配 {answer['run_id']}:{answer['places']} 个名额中可安排 {answer['served']} 个")
    else:
        click.echo(f"匹配 {answer['run_id']}:{answer['needs']} 项需求,{answer['grants']} 笔资金可安排")


@matching.command("propose")
@click.argument("run_id", type=int)
def propose(run_id: int) -> None:
    """Ask the people whom the run found."""
    with transaction() as session:
        run = _found(session.get(MatchingRun, run_id))
        written, skipped = services.propose(session, run, None, clock.now())
    click.echo(f"提出 {written} 条建议,跳过 {skipped} 条")


@matching.command("accept")
@click.argument("proposal_id", type=int)
def accept(proposal_id: int) -> None:
    """Note that the volunteer says yes."""
    with transaction() as session:
        proposal = _found(session.get(Proposal, proposal_id))
        services.accept_proposal(session, proposal, None, clock.now())
    click.echo("已接受")


@matching.command("decline")
@click.argument("proposal_id", type=int)
@click.option("--reason", type=click.Choice([reason.value for reason in DeclineReason]), required=True)
@click.option("--note", default="")
def decline(proposal_id: int, reason: str, note: str) -> None:
    """Note that the volunteer says no."""
    with transaction() as session:
        proposal = _found(session.get(Proposal, proposal_id))
        services.decline_proposal(session, proposal, None, DeclineReason(reason), note, clock.now())
    click.echo("已谢绝")


def _found(row: RowT | None) -> RowT:
    if row is None:
        raise NotFound
    return row

"""``flask review list|consent|confirm|confirm-grant``."""

from datetime import datetime
from typing import Any

import click
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.cli import BY, get_staff
from pairing.accounts.models import User
from pairing.accounts.queries import get_scoped
from pairing.accounts.rules import Permission
from pairing.db import current_session, transaction
from pairing.matching.models import Grant, Proposal
from pairing.review import rules, services
from pairing.review.queries import people
from pairing.review.rules import How
from pairing.visits.models import Frequency
from pairing.web.commands import Commands

review = Commands("review", help="Decide proposals.")
MOST = 1000


def _choice(members: Any) -> click.Choice[str]:  # noqa: ANN401 - an enumeration
    return click.Choice([member.value for member in members])


@review.command("list")
@click.option("--tab", type=click.Choice(people.TABS), default=people.READY, show_default=True)
@BY
def list_proposals(tab: str, sign_in_name: str) -> None:
    """List proposals: number, file number, points, what they wait for."""
    session = current_session()
    found = people.select_proposals(_staff(session, sign_in_name), tab).limit(MOST)
    for card in people.list_cards(session, list(session.scalars(found)), clock.today()):
        proposal, home = card.proposal, card.household
        click.echo(f"{proposal.id}\t{home.file_no}\t{proposal.points:.0f}\t{proposal.status.label}")


@review.command("consent")
@click.argument("proposal_id", type=int)
@click.option("--how", type=_choice(How), required=True)
@BY
def note_consent(proposal_id: int, how: str, sign_in_name: str) -> None:
    """Note that the household of PROPOSAL_ID agrees."""
    with transaction() as session:
        by = _staff(session, sign_in_name)
        proposal = get_scoped(session, Proposal, proposal_id, by)
        services.note_consent(session, proposal, by, How(how), clock.now())
    click.echo(f"建议 {proposal_id}:已记录家庭同意")


@review.command("confirm")
@click.argument("proposal_id", type=int)
@click.option("--first-visit", type=click.DateTime(["%Y-%m-%d"]), required=True)
@click.option("--frequency", type=_choice(Frequency), required=True)
@BY
def confirm_proposal(proposal_id: int, first_visit: datetime, frequency: str, sign_in_name: str) -> None:
    """Confirm PROPOSAL_ID; the half-day is the first of the chosen day that suits both."""
    with transaction() as session:
        by = _staff(session, sign_in_name)
        card = people.get_card(session, proposal_id, by, clock.today())
        on = first_visit.date()
        half_day = rules.half_day_on(card.visit.common, on)
        plan = on, Frequency(frequency), half_day
        pairing_id = services.confirm_proposal(session, card.proposal, by, *plan, clock.now()).id
    click.echo(f"建议 {proposal_id}:结对 {pairing_id} 已确认,首次走访 {on.isoformat()}")


@review.command("confirm-grant")
@click.argument("grant_id", type=int)
@BY
def confirm_grant(grant_id: int, sign_in_name: str) -> None:
    """Confirm the proposed money GRANT_ID; it is reserved."""
    with transaction() as session:
        by = _staff(session, sign_in_name)
        grant = get_scoped(session, Grant, grant_id, by)
        reservation_id = services.confirm_grant(session, grant, by, clock.now()).id
    click.echo(f"资金建议 {grant_id}:预留 {reservation_id} 已登记")


def _staff(session: Session, sign_in_name: str) -> User:
    return get_staff(session, sign_in_name, Permission.DECIDE_PROPOSALS)

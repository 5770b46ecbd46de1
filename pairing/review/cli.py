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
from pairing.consents.queries import children_of
from pairing.consents.rules import OFFERED, GivenHow
from pairing.consents.services import ConsentValues, GuardianValues
from pairing.db import current_session, transaction
from pairing.households.models import Household
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
@click.option(
    "--giver", help="Who consented to pairing, as NAME/RELATION; not needed where a consent stands."
)
@click.option("--given-how", type=_choice(OFFERED), default=GivenHow.PAPER.value, show_default=True)
@click.option("--witness", default="", help="Who heard an oral consent.")
@click.option(
    "--guardian", "guardians", multiple=True, help="Who decided for a child, as CHILD/NAME/RELATION."
)
@BY
def note_consent(proposal_id: int, how: str, giver: str | None, sign_in_name: str, **told: Any) -> None:  # noqa: ANN401
    """Note that the household of PROPOSAL_ID agrees."""
    with transaction() as session:
        by = _staff(session, sign_in_name)
        proposal = get_scoped(session, Proposal, proposal_id, by)
        household = session.get_one(Household, proposal.household_id)
        agreed = _agreement(household, giver, **told) if giver else None
        services.note_consent(session, proposal, by, How(how), clock.now(), agreed)
    click.echo(f"建议 {proposal_id}:已记录家庭同意")


def _agreement(
    household: Household, giver: str, given_how: str, witness: str, guardians: tuple[str, ...]
) -> ConsentValues:
    """Read the consent to pairing; a child is named as in the file."""
    today = clock.today()
    children = {child.name: child.id for child in children_of(household, today)}
    spoken = [_parts(words, 3) for words in guardians]
    unknown = [child for child, _name, _relation in spoken if child not in children]
    if unknown:
        raise click.UsageError(f"no child under 14 of this name: {', '.join(unknown)}")
    name, relation = _parts(giver, 2)
    return ConsentValues(
        given_on=today,
        given_how=GivenHow(given_how),
        giver_name=name,
        giver_relation=relation,
        witness_name=witness,
        guardians=tuple(GuardianValues(children[child], *rest) for child, *rest in spoken),
    )


def _parts(words: str, count: int) -> list[str]:
    parts = [part.strip() for part in words.split("/")]
    if len(parts) != count or not all(parts):
        raise click.UsageError(f"{words!r} has not {count} parts divided by /")
    return parts


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

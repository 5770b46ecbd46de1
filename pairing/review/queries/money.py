"""Proposed money as staff see it, and where the money of a pledge is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.queries import get_scoped, scoped
from pairing.areas.models import Area
from pairing.enterprises.models import Enterprise, Pledge
from pairing.funds.queries import reserved_fen_by_need, reserved_fen_by_pledge
from pairing.households.models import Household, Need
from pairing.matching.models import OPEN_GRANTS, Grant, GrantStatus
from pairing.values.needs import Category, NeedType

ASKED, READY, DONE = TABS = ("asked", "ready", "done")


@dataclass(frozen=True)
class GrantCard:
    """Proposed money with everything that is drawn of it."""

    grant: Grant
    pledge: Pledge
    enterprise: Enterprise
    need: Need
    household: Household
    place: str
    left_fen: int  # of the pledge, not reserved
    covered_fen: int  # of the need, from all pledges

    @property
    def purposes(self) -> list[NeedType]:
        """What the company gives for; empty means anything."""
        return [NeedType(code) for code in self.pledge.purposes]

    @property
    def categories(self) -> list[Category]:
        """Whom the company gives to; empty means anybody."""
        return [Category(code) for code in self.pledge.categories]


def _in_tab(tab: str) -> ColumnElement[bool]:
    decided = Grant.status.not_in(OPEN_GRANTS)
    known = {ASKED: Grant.status == GrantStatus.PROPOSED, READY: Grant.status == GrantStatus.AGREED}
    return known.get(tab, decided)


def select_grants(by: User, tab: str, area_code: str = "") -> Select[Grant]:
    """Return the statement for the grants of a tab in the scope of *by*: first what expires first."""
    found = scoped(select(Grant), Grant, by)
    found = found.where(_in_tab(tab), Grant.area_code.startswith(area_code, autoescape=True))
    if tab == DONE:
        over = func.coalesce(Grant.decided_at, Grant.answered_at, Grant.expires_at)
        return found.order_by(over.desc(), Grant.id.desc())
    return found.order_by(Grant.expires_at, Grant.id)


def count_tabs(session: Session, by: User, area_code: str = "") -> dict[str, int]:
    """Return how many grants each tab holds."""
    counted = scoped(select(*(func.count().filter(_in_tab(tab)) for tab in TABS)), Grant, by)
    row = session.execute(counted.where(Grant.area_code.startswith(area_code, autoescape=True))).one()
    return dict(zip(TABS, row, strict=True))


def get_card(session: Session, grant_id: int, by: User, lock: bool = False) -> GrantCard:
    """Return one grant inside the scope of *by*, locked for change if asked; NotFound outside."""
    return list_cards(session, [get_scoped(session, Grant, grant_id, by, lock)])[0]


def list_scoped(session: Session, ids: Iterable[int], by: User) -> list[Grant]:
    """Return those of *ids* that lie in the scope of *by*, by id."""
    found = scoped(select(Grant).where(Grant.id.in_(list(ids))), Grant, by)
    return list(session.scalars(found.order_by(Grant.id)))


def list_cards(session: Session, grants: Sequence[Grant]) -> list[GrantCard]:
    """Return what is drawn of *grants*, in their order, with three statements."""
    reserved = reserved_fen_by_pledge(session, {grant.pledge_id for grant in grants})
    covered = reserved_fen_by_need(session, {grant.need_id for grant in grants})
    sides = _sides(session, [grant.id for grant in grants])
    return [
        GrantCard(
            grant,
            *sides[grant.id],
            left_fen=sides[grant.id][0].amount_fen - reserved.get(grant.pledge_id, 0),
            covered_fen=covered.get(grant.need_id, 0),
        )
        for grant in grants
    ]


def _sides(session: Session, ids: list[int]) -> dict[int, tuple[Pledge, Enterprise, Need, Household, str]]:
    rows = session.execute(
        select(Grant.id, Pledge, Enterprise, Need, Household, Area.name)
        .join(Pledge, Pledge.id == Grant.pledge_id)
        .join(Enterprise, Enterprise.id == Pledge.enterprise_id)
        .join(Need, Need.id == Grant.need_id)
        .join(Household, Household.id == Grant.household_id)
        .join(Area, Area.code == Grant.area_code)
        .where(Grant.id.in_(ids))
    )
    return {
        grant_id: (pledge, giver, need, home, place) for grant_id, pledge, giver, need, home, place in rows
    }

"""Reading a workbook against what is registered."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing.areas.models import Area
from pairing.enterprises.queries import known_usccs
from pairing.households.queries import known_heads
from pairing.rosters.models import RosterKind
from pairing.rosters.services.enterprises import read_enterprises
from pairing.rosters.services.households import read_households
from pairing.rosters.services.places import DISTRICT, Gazetteer
from pairing.rosters.services.verdicts import Reading, mark_known
from pairing.rosters.services.volunteers import read_volunteers
from pairing.volunteers.queries import known_identities
from pairing.workbooks.reading import read_workbook

Reader = Callable[..., Reading[Any]]
READERS: dict[RosterKind, tuple[Reader, Callable[..., set[str]]]] = {
    RosterKind.HOUSEHOLDS: (read_households, known_heads),
    RosterKind.VOLUNTEERS: (read_volunteers, known_identities),
    RosterKind.ENTERPRISES: (read_enterprises, known_usccs),
}


def read_roster(session: Session, kind: RosterKind, data: bytes, scope: str, today: date) -> Reading[Any]:
    """Judge every row of a workbook for the area *scope*; WorkbookRefused if it cannot be read at all."""
    read, find_known = READERS[kind]
    reading = read(read_workbook(data), _gazetteer(session, scope), scope, today)
    keys = [verdict.key for verdict in reading.verdicts if verdict.refusal is None]
    mark_known(reading.verdicts, find_known(session, keys))
    return reading


def _gazetteer(session: Session, scope: str) -> Gazetteer:
    """Return all areas of the district, since a company may name another subdistrict than its own."""
    under = Area.code.startswith(scope[:DISTRICT], autoescape=True)
    rows = session.execute(select(Area.code, Area.name).where(under, Area.valid_to.is_(None)))
    return Gazetteer((row.code, row.name) for row in rows)

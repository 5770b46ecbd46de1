"""Areas loaded from a file of official codes, and what moves along when somebody moves to another."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from pairing.areas.models import Area, AreaLevel
from pairing.areas.rules import level_of
from pairing.errors import RuleBroken
from pairing.wording import _

SHIPPED = Path(__file__).with_name("areas_370202.csv")
COLUMNS = ("code", "name", "level", "parent_code")
Belongings = Callable[[int], Select[Any]]  # of the row with this id
_followers: dict[type, list[Belongings]] = {}


def follow(model: type, belongings: Belongings) -> None:
    """Let rows with an ``area_code`` lie where the row of *model* lies that they belong to."""
    _followers.setdefault(model, []).append(belongings)


def move_along(session: Session, row: Any) -> None:  # noqa: ANN401
    """Take what belongs to *row*, which was flushed, to its area: past things too, they name it as well."""
    for belongings in _followers.get(type(row), ()):
        found = belongings(row.id).execution_options(populate_existing=True)
        for thing in session.scalars(found).all():
            thing.area_code = row.area_code
    session.flush()


def import_areas(session: Session, path: Path) -> int:
    """Add or rename the areas of *path*, a CSV with code, name, level, parent_code; return how many are new.

    Raises
    ------
    RuleBroken : a column is missing, a code does not fit its level, or a parent is unknown.
    """
    rows = sorted(_read(path), key=lambda row: len(row["code"]))
    added = 0
    for row in rows:
        area = session.get(Area, row["code"])
        if area is None:
            session.add(_new_area(row))
            added += 1
        else:
            area.name = row["name"]
    session.flush()
    return added


def _new_area(row: dict[str, str]) -> Area:
    return Area(
        code=row["code"],
        name=row["name"],
        level=AreaLevel(row["level"]),
        parent_code=row["parent_code"] or None,
    )


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows or any(column not in rows[0] for column in COLUMNS):
        raise RuleBroken(_("区划文件须有 code、name、level、parent_code 四列"), "bad_area_file")
    codes = {row["code"] for row in rows}
    for number, row in enumerate(rows, start=2):
        if level_of(row["code"]) != row["level"] or (row["parent_code"] and row["parent_code"] not in codes):
            raise RuleBroken(_("区划文件第 %(row)d 行的代码与级别或上级不符", row=number), "bad_area_row")
    return rows

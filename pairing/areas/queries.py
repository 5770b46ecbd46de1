"""Finding areas."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pairing.areas.models import Area, AreaLevel
from pairing.errors import NotFound


def get_area(session: Session, code: str) -> Area:
    """Return the area with *code*; NotFound if there is none."""
    area = session.get(Area, code)
    if area is None:
        raise NotFound
    return area


def list_areas(session: Session, prefix: str, level: AreaLevel | None = None) -> list[Area]:
    """Return the living areas whose code begins with *prefix*, by code."""
    found = select(Area).where(Area.code.startswith(prefix, autoescape=True), Area.valid_to.is_(None))
    if level:
        found = found.where(Area.level == level)
    return list(session.scalars(found.order_by(Area.code)))


def area_path(session: Session, code: str) -> list[Area]:
    """Return 区 › 街道 › 社区 down to *code*; the city is left out."""
    codes = [code[:length] for length in (6, 9, 12) if len(code) >= length]
    return list(session.scalars(select(Area).where(Area.code.in_(codes)).order_by(Area.code)))


def area_names(session: Session, prefix: str) -> dict[str, str]:
    """Return code -> name of all areas under *prefix*."""
    found = select(Area.code, Area.name).where(Area.code.startswith(prefix, autoescape=True))
    return {area.code: area.name for area in session.execute(found)}


def place_names(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """Return code -> name of the areas that are asked for."""
    found = select(Area.code, Area.name).where(Area.code.in_(set(codes)))
    return {area.code: area.name for area in session.execute(found)}


def place_paths(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """Return code -> 街道 › 社区 of the areas that are asked for; a district by its own name."""
    lines = {code: [code[:length] for length in (9, 12) if len(code) >= length] or [code] for code in codes}
    names = place_names(session, (code for line in lines.values() for code in line))
    return {code: " › ".join(names.get(one, one) for one in line) for code, line in lines.items()}


def is_empty(session: Session) -> bool:
    """Whether no area was ever loaded."""
    return not session.scalar(select(func.count()).select_from(Area))


def community_choices(session: Session, prefix: str) -> dict[str, list[tuple[str, str]]]:
    """Return the communities under *prefix* as choices of a form, grouped by subdistrict."""
    names = area_names(session, prefix[:6])
    choices: dict[str, list[tuple[str, str]]] = {}
    for area in list_areas(session, prefix, AreaLevel.COMMUNITY):
        choices.setdefault(names.get(area.parent_code or "", ""), []).append((area.code, area.name))
    return choices


def area_choices(session: Session, prefix: str) -> list[tuple[str, str]]:
    """Return the areas of every level under *prefix* as choices of a form, the finer ones set in."""
    depth = {AreaLevel.SUBDISTRICT: "\u3000", AreaLevel.COMMUNITY: "\u3000\u3000"}
    areas = [area for area in list_areas(session, prefix) if area.level is not AreaLevel.CITY]
    shallowest = min((len(area.code) for area in areas), default=0)
    return [
        (area.code, (depth.get(area.level, "") if len(area.code) > shallowest else "") + area.name)
        for area in areas
    ]

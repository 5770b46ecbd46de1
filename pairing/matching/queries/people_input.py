"""The input of a run of people, in a few column queries and no object per row."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing.households.models import GenderWish, Household, HouseholdStatus, Need, NeedStatus
from pairing.matching.queries import people_pairs
from pairing.matching.rules.people import Households, Pairs, People, Volunteers
from pairing.matching.rules.prices import TIERS
from pairing.matching.rules.skills import covers_mask, needs_mask
from pairing.matching.rules.weights import Weights
from pairing.values.needs import NeedType
from pairing.values.people import Gender
from pairing.volunteers.models import REACH_DIGITS, Volunteer, VolunteerSkill, VolunteerStatus

GENDER_NUMBERS = {Gender.MALE: 1, Gender.FEMALE: 2}
WISH_NUMBERS = {GenderWish.ANY: 0, GenderWish.MALE: 1, GenderWish.FEMALE: 2}
DISTRICT_DIGITS = 6

Rows = Sequence[Any]


def read_people(session: Session, area_code: str, weights: Weights, today: date) -> People:
    """Read households with places to fill under *area_code*, and every volunteer of the district."""
    district = area_code[:DISTRICT_DIGITS]
    homes = _household_rows(session, area_code, weights.urgencies)
    them = _volunteer_rows(session, district)
    bonds = people_pairs.read_bonds(session, district)
    places = [row.visitors_wanted - bonds.by_household[row.id] for row in homes]
    wanted = [(row, n) for row, n in zip(homes, places, strict=True) if n > 0]
    communities = tuple(sorted({row.area_code for row in (*homes, *them)}))
    languages = ("", *sorted({row.language_wish for row, _n in wanted if row.language_wish}))
    needs = _needs_by_household(session, area_code)
    skills = _skills_by_volunteer(session, district)
    return People(
        households=_households(wanted, needs, communities, languages, today),
        volunteers=_volunteers(them, skills, communities, bonds.by_volunteer),
        communities=communities,
        languages=languages,
        speaks=_speaks(them, languages),
        earlier=_pairs(bonds.earlier),
        kin=_pairs(people_pairs.list_kin(session, area_code, district)),
        digest=_digest(homes, them, bonds, weights),
    )


def _household_rows(session: Session, area_code: str, urgencies: Sequence[str]) -> Rows:
    h = Household
    columns = (
        h.id, h.version, h.area_code, h.urgency, h.registered_on, h.visitors_wanted,
        h.half_days, h.gender_wish, h.language_wish,
    )  # fmt: skip
    found = select(*columns).where(
        h.status == HouseholdStatus.OPEN, h.area_code.startswith(area_code, autoescape=True)
    )
    if urgencies:
        found = found.where(h.urgency.in_(urgencies))
    return session.execute(found.order_by(h.id)).all()


def _volunteer_rows(session: Session, district: str) -> Rows:
    v = Volunteer
    columns = (
        v.id, v.version, v.area_code, v.status, v.gender, v.birth_on, v.reach, v.capacity,
        v.half_days, v.languages,
    )  # fmt: skip
    found = select(*columns).where(v.area_code.startswith(district, autoescape=True))
    return session.execute(found.order_by(v.id)).all()


def _needs_by_household(session: Session, area_code: str) -> dict[int, list[NeedType]]:
    rows = session.execute(
        select(Need.household_id, Need.need_type)
        .join(Household, Household.id == Need.household_id)
        .where(Need.status == NeedStatus.OPEN, Household.area_code.startswith(area_code, autoescape=True))
    )
    return _grouped(rows)


def _skills_by_volunteer(session: Session, district: str) -> dict[int, list[str]]:
    rows = session.execute(
        select(VolunteerSkill.volunteer_id, VolunteerSkill.skill)
        .join(Volunteer, Volunteer.id == VolunteerSkill.volunteer_id)
        .where(Volunteer.area_code.startswith(district, autoescape=True))
    )
    return _grouped(rows)


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row_id, value in rows:
        found[row_id].append(value)
    return found


def _ints(values: Iterable[int]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array(list(values), dtype=np.int64)


def as_number(day: date) -> int:
    """Write a day as the number yyyymmdd."""
    return day.year * 10_000 + day.month * 100 + day.day


def _households(
    wanted: Sequence[tuple[Any, int]],
    needs: dict[int, list[NeedType]],
    communities: Sequence[str],
    languages: Sequence[str],
    today: date,
) -> Households:
    rows = [row for row, _places in wanted]
    place_of, language_of = (
        {name: at for at, name in enumerate(names)} for names in (communities, languages)
    )
    return Households(
        id=_ints(row.id for row in rows),
        version=_ints(row.version for row in rows),
        community=_ints(place_of[row.area_code] for row in rows),
        tier=_ints(TIERS.index(row.urgency.value) for row in rows),
        waiting_days=_ints((today - row.registered_on).days for row in rows),
        places=_ints(places for _row, places in wanted),
        half_days=_ints(row.half_days for row in rows),
        gender_wish=_ints(WISH_NUMBERS[row.gender_wish] for row in rows),
        language=_ints(language_of[row.language_wish] for row in rows),
        needs=_ints(needs_mask(needs.get(row.id, ())) for row in rows),
    )


def _volunteers(
    rows: Rows, skills: dict[int, list[str]], communities: Sequence[str], taken: Counter[int]
) -> Volunteers:
    place_of = {name: at for at, name in enumerate(communities)}
    return Volunteers(
        id=_ints(row.id for row in rows),
        version=_ints(row.version for row in rows),
        community=_ints(place_of[row.area_code] for row in rows),
        reach=_ints(REACH_DIGITS[row.reach] for row in rows),
        is_active=np.array([row.status is VolunteerStatus.ACTIVE for row in rows], dtype=np.bool_),
        born=_ints(as_number(row.birth_on) for row in rows),
        limit=_ints(row.capacity for row in rows),
        taken=_ints(taken[row.id] for row in rows),
        half_days=_ints(row.half_days for row in rows),
        gender=_ints(GENDER_NUMBERS[row.gender] for row in rows),
        covers=_ints(covers_mask(skills.get(row.id, ())) for row in rows),
    )


def _speaks(rows: Rows, languages: Sequence[str]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Say who speaks which wish; nobody fails an empty one."""
    cells = [[language in row.languages for language in languages] for row in rows]
    return np.array(cells, dtype=np.bool_).reshape(len(rows), len(languages))


def _pairs(pairs: Iterable[tuple[int, int]]) -> Pairs:
    columns = np.array(sorted(set(pairs)), dtype=np.int64).reshape(-1, 2)
    return Pairs(columns[:, 0], columns[:, 1])


def _digest(homes: Rows, them: Rows, bonds: people_pairs.Bonds, weights: Weights) -> str:
    """Give sha256 over sorted ids and versions of everything that the run looks at."""
    seen = {
        "households": sorted((row.id, row.version) for row in homes),
        "volunteers": sorted((row.id, row.version) for row in them),
        "pairings": sorted(bonds.pairing_ids),
        "proposals": sorted(bonds.proposal_ids),
        "weights": weights.as_dict(),
    }
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()

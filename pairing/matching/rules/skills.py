"""Which skill answers to which need."""

from collections.abc import Iterable

from pairing.values.needs import NeedType

ANSWERS: dict[NeedType, tuple[str, ...]] = {  # need -> codes of skills, any of which answers to it
    NeedType.MEDICAL: ("medical", "care"),
    NeedType.EMPLOYMENT: ("job_guidance",),
    NeedType.SCHOOLING: ("tutoring",),
    NeedType.CARE: ("care", "medical"),
    NeedType.PSYCHOLOGICAL: ("psychological", "companionship"),
    NeedType.LEGAL: ("legal",),
    NeedType.POLICY_AGENCY: ("legal", "job_guidance"),
    NeedType.COMPANIONSHIP: ("companionship", "psychological"),
    NeedType.HOME_REPAIR: ("repair",),
}  # housing, supplies and "other" ask for money or for the office, not for a visitor's skill
NEEDS = tuple(ANSWERS)


def needs_mask(needs: Iterable[NeedType]) -> int:
    """Give the mask of the needs that a visitor's skill can answer to."""
    return sum(1 << NEEDS.index(need) for need in set(needs) if need in ANSWERS)


def covers_mask(skills: Iterable[str]) -> int:
    """Give the mask of the needs that people with *skills* answer to."""
    have = set(skills)
    return sum(1 << at for at, need in enumerate(NEEDS) if have.intersection(ANSWERS[need]))


def needs_in(mask: int) -> list[NeedType]:
    """List the needs of a mask."""
    return [need for at, need in enumerate(NEEDS) if mask >> at & 1]

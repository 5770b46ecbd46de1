"""Why a pair was found, in words: the strongest parts of its points, and the weakest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pairing.areas.rules import nearness
from pairing.matching.rules.skills import covers_mask, needs_in, needs_mask
from pairing.values import half_days
from pairing.values.needs import NeedType
from pairing.wording import Wording, _

STRONG = 0.5  # a part that brings at least this share of its points is a reason
ALMOST = 0.999


@dataclass(frozen=True)
class PairFacts:
    """What is known of the two, as far as the points look at it."""

    needs: tuple[NeedType, ...]
    skills: tuple[str, ...]
    household_area: str
    volunteer_area: str
    household_half_days: int
    volunteer_half_days: int
    language_wish: str
    gender_wish: Wording | None


@dataclass(frozen=True)
class Reasons:
    """Strongest first, and the weakest part if any brings less than all."""

    strong: tuple[Wording, ...]
    weakest: Wording | None


def explain(parts: Mapping[str, float], most: Mapping[str, float], facts: PairFacts) -> Reasons:
    """Say in words which parts of the points count most, and which misses most.

    *parts* are the points by rule as stored, *most* the greatest points of each (`Weights.most`).
    """
    named = [part for part in parts if most.get(part) and _applies(part, facts)]
    by_points = sorted(named, key=lambda part: (-parts[part], part))
    strong = [part for part in by_points if parts[part] >= STRONG * most[part]]
    missing = {part: most[part] - parts[part] for part in named if parts[part] < ALMOST * most[part]}
    worst = max(missing, key=lambda part: (missing[part], part), default=None)
    return Reasons(
        tuple(STRENGTHS[part](facts, parts[part] / most[part]) for part in strong if part != worst),
        WEAKNESSES[worst](facts, parts[worst] / most[worst]) if worst else None,
    )


def _applies(part: str, facts: PairFacts) -> bool:
    """Whether the part says anything about this pair: who wishes nothing has no reason in it."""
    return {
        "skills": bool(needs_mask(facts.needs)),
        "half_days": bool(facts.household_half_days),
        "language": bool(facts.language_wish),
        "gender": facts.gender_wish is not None,
    }.get(part, True)


def _answered(facts: PairFacts) -> list[NeedType]:
    return needs_in(needs_mask(facts.needs) & covers_mask(facts.skills))


def _unanswered(facts: PairFacts) -> list[NeedType]:
    return needs_in(needs_mask(facts.needs) & ~covers_mask(facts.skills))


def _list(needs: list[NeedType]) -> Wording:
    """Write the needs one after the other; three are named, the others counted by 等."""
    words = [need.label for need in needs[:3]]
    more = len(needs) > 3
    return _joined(words) if not more else _("%(some)s等", some=_joined(words))


def _joined(words: list[Wording]) -> Wording:
    if len(words) < 2:
        return words[0] if words else _("需求")
    return _("%(one)s、%(others)s", one=words[0], others=_joined(words[1:]))


def _skills(facts: PairFacts, _share: float) -> Wording:
    return _("能帮上:%(needs)s", needs=_list(_answered(facts)))


def _near(facts: PairFacts, _share: float) -> Wording:
    near = nearness(facts.household_area, facts.volunteer_area)
    return _("同住一个社区") if near == 1.0 else _("同住一个街道") if near > 0.25 else _("同住一个区")


def _times(facts: PairFacts, _share: float) -> Wording:
    common = half_days.common(facts.household_half_days, facts.volunteer_half_days)
    first = half_days.labels(common)[:1] or [_("时间合适")]
    count = half_days.count(common)
    if count < 2:
        return _("%(when)s都有空", when=first[0])
    return _("%(when)s等 %(count)d 个半天都有空", when=first[0], count=count)


STRENGTHS: dict[str, Callable[[PairFacts, float], Wording]] = {
    "skills": _skills,
    "nearness": _near,
    "half_days": _times,
    "language": lambda facts, share: _("会说%(language)s", language=facts.language_wish),
    "load": lambda facts, share: _("还没有帮扶其他家庭") if share > ALMOST else _("还有余力"),
    "gender": lambda facts, share: facts.gender_wish or _("性别符合意愿"),
}
WEAKNESSES: dict[str, Callable[[PairFacts, float], Wording]] = {
    "skills": lambda facts, share: _("没有对应的技能:%(needs)s", needs=_list(_unanswered(facts))),
    "nearness": lambda facts, share: _("在同一街道的另一个社区") if share > STRONG else _("住在另一个街道"),
    "half_days": lambda facts, share: _(
        "共同空闲的只有 %(count)d 个半天",
        count=half_days.count(half_days.common(facts.household_half_days, facts.volunteer_half_days)),
    ),
    "language": lambda facts, share: _("不会说%(language)s", language=facts.language_wish),
    "load": lambda facts, share: _("已在帮扶其他家庭"),
    "gender": lambda facts, share: _("未能满足“%(wish)s”", wish=facts.gender_wish or ""),
}

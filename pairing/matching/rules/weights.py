"""What staff can set for a run of people; kept with the run, so that it can be read again years later."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from pairing.errors import BadValue
from pairing.matching.rules.prices import TIERS
from pairing.wording import Wording, _

VERSION = 1  # of the rules and of the shape of the stored weights
MOST = 1000.0

PART_LABELS: dict[str, Wording] = {
    "skills": _("技能对得上需求"),
    "nearness": _("住得近"),
    "half_days": _("共同空闲时间多"),
    "language": _("会说家庭希望的方言"),
    "load": _("手上帮扶的家庭少"),
    "gender": _("性别符合家庭意愿"),
}
PARTS = tuple(PART_LABELS)


@dataclass(frozen=True)
class Weights:
    """How much each part of the points counts, and the switches of a run.

    Attributes
    ----------
    skills, nearness, half_days, language, load, gender : >= 0; only their ratios matter, a perfect pair has
        100 points. *gender* counts only where the wish is not required.
    waiting : points that each doubling of the waiting time adds to the price of staying unserved.
    is_gender_required : True makes 希望女/男志愿者 a hard rule.
    urgencies : codes of the tiers that are matched; empty means all.
    """

    skills: float = 40.0
    nearness: float = 25.0
    half_days: float = 15.0
    language: float = 10.0
    load: float = 10.0
    gender: float = 10.0
    waiting: float = 100.0
    is_gender_required: bool = True
    urgencies: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in (*PARTS, "waiting"):
            value = getattr(self, name)
            if not (math.isfinite(value) and 0 <= value <= MOST):
                raise BadValue("bad_weight", _("权重须是 0 到 %(most)d 之间的数", most=int(MOST)))
        if set(self.urgencies) - set(TIERS):
            raise BadValue("bad_urgency", _("没有这个紧急程度"))
        if not sum(self.parts().values()):
            raise BadValue("no_weight", _("至少要有一项权重大于 0"))

    def parts(self) -> dict[str, float]:
        """Give the weight of each part that counts."""
        counted = [part for part in PARTS if part != "gender" or not self.is_gender_required]
        return {part: getattr(self, part) for part in counted}

    def most(self) -> dict[str, float]:
        """Give the most points that each part can bring; they add up to 100."""
        parts = self.parts()
        whole = sum(parts.values())
        return {part: 100.0 * weight / whole for part, weight in parts.items()}

    def as_dict(self) -> dict[str, Any]:
        """Write the weights down, with the version of the rules."""
        return {"version": VERSION, **asdict(self), "urgencies": list(self.urgencies)}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Read weights that `as_dict` wrote; what is missing has its usual value."""
        known = {field.name: stored[field.name] for field in fields(cls) if field.name in stored}
        return cls(**known | {"urgencies": tuple(stored.get("urgencies", ()))})

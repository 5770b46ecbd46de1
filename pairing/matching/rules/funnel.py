"""Why nobody was found: which rule left fewer volunteers than wanted, in words and numbers."""

from collections.abc import Mapping

from pairing.matching.rules.candidates import FUNNEL
from pairing.wording import Wording, _

TAKEN = "taken"
STEP_LABELS: dict[str, Wording] = {
    "registered": _("登记的志愿者"),
    "active": _("其中可以结对"),
    "adult": _("其中已成年"),
    "capacity": _("其中还有余力"),
    "area": _("其中愿意到本社区"),
    "half_days": _("其中时间合得上"),
    "gender": _("其中性别符合意愿"),
    "earlier": _("其中没有谢绝过、没有被更换过"),
    "kin": _("其中不是亲友"),
}


def binding_rule(left: Mapping[str, int], wanted: int) -> str:
    """Return the first rule that left fewer volunteers than *wanted*; "taken" if they went elsewhere."""
    return next((rule for rule in FUNNEL if left[rule] < wanted), TAKEN)


def binding_words(binding: str, left: Mapping[str, int], half_days: str = "", gender: str = "") -> Wording:
    """Say the binding rule in numbers: 能到本社区的 84 名志愿者中,0 人周一上午有空.

    *half_days* and *gender* are what the household named, in words.
    """
    now = left.get(binding, 0)
    before = left.get(FUNNEL[max(FUNNEL.index(binding) - 1, 0)], 0) if binding in FUNNEL else 0
    fits = left.get(FUNNEL[-1], 0)
    words = {
        "registered": _("全区登记的志愿者只有 %(now)d 名", now=now),
        "active": _("全区登记的 %(before)d 名志愿者中,%(now)d 人可以结对", before=before, now=now),
        "adult": _("可以结对的 %(before)d 名志愿者中,%(now)d 人已成年", before=before, now=now),
        "capacity": _("全区 %(before)d 名志愿者中,%(now)d 人还有余力", before=before, now=now),
        "area": _("有余力的 %(before)d 名志愿者中,%(now)d 人愿意到本社区", before=before, now=now),
        "half_days": _(
            "能到本社区的 %(before)d 名志愿者中,%(now)d 人%(when)s有空",
            before=before,
            now=now,
            when=half_days,
        ),
        "gender": _(
            "时间合适的 %(before)d 名志愿者中,%(now)d 人符合“%(wish)s”", before=before, now=now, wish=gender
        ),
        "earlier": _(
            "条件都合适的 %(before)d 名志愿者中,%(now)d 人不曾谢绝、也不曾被更换", before=before, now=now
        ),
        "kin": _("条件都合适的 %(before)d 名志愿者中,%(now)d 人不是本户亲友", before=before, now=now),
    }
    return words.get(binding, _("合适的 %(fits)d 名志愿者,余力都已安排给更紧急或等待更久的家庭", fits=fits))

"""Which verdicts a reader wants to see."""

from typing import Any

from pairing.rosters.services.verdicts import Verdict
from pairing.wording import Wording, _

FILTERS: dict[str, Wording] = {
    "all": _("全部"),
    "refused": _("未通过"),
    "warned": _("有提醒"),
    "good": _("可导入"),
}


def narrow(verdicts: list[Verdict[Any]], wanted: str) -> list[Verdict[Any]]:
    """Keep the verdicts of one kind; an unknown kind keeps all."""
    if wanted == "refused":
        return [verdict for verdict in verdicts if verdict.refusal]
    if wanted == "warned":
        return [verdict for verdict in verdicts if verdict.warnings]
    if wanted == "good":
        return [verdict for verdict in verdicts if verdict.is_accepted]
    return verdicts

"""Deeds that also stand in the log, for whoever watches it: who got in or not, what was shown or went out."""

from typing import Any

from pairing.audit.services.actors import Doer
from pairing.logs import say

FAILED = frozenset({"fail_sign_in", "fail_password", "fail_code"})


def tell_log(by: Doer | None, action: str, subject: object, detail: dict[str, Any]) -> None:
    """Log one deed by its event, codes and numbers only; most deeds have none."""
    number = str(getattr(subject, "id", ""))
    if action == "sign_in":
        say("sign_in_ok", person_id=by.id if by else None)
    elif action in FAILED:
        say("sign_in_failed", person_id=by.id if by else detail.get("user_id"))
    elif action.startswith("reveal_"):
        say("reveal", subject=type(subject).__name__, subject_id=number, reason=detail.get("reason", ""))
    elif action.startswith("export_"):
        kind, rows = detail.get("kind", ""), detail.get("rows")
        is_full = bool(detail.get("full"))
        say(
            "export",
            step=action.removeprefix("export_"),
            export_id=number,
            kind=kind,
            is_full=is_full,
            rows=rows,
        )

"""Who is at work in a session, and from where; said once by the edge, read by every entry."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import click
from sqlalchemy.orm import Session

ACTOR = "audit_actor"  # key of session.info
MACHINE = "system"


class Doer(Protocol):
    """Whoever does a deed: a user."""

    id: Any
    display_name: Any


@dataclass(frozen=True)
class Actor:
    """A person, or the machine where *id* is None; *origin* is a part of the network, a command or a job."""

    id: int | None = None
    name: str = MACHINE
    origin: str = ""
    request_id: str = ""
    place: str = ""  # where the person belongs; the machine and strangers belong nowhere


def act_as(session: Session, actor: Actor) -> None:
    """Say who is at work in *session* from now on."""
    session.info[ACTOR] = actor


def stop_acting(session: Session) -> None:
    """Forget who was at work."""
    session.info.pop(ACTOR, None)


def actor_of(session: Session) -> Actor:
    """Return who is at work; where nobody said it, the machine, by the name of its command."""
    return session.info.get(ACTOR) or Actor(origin=_command())


def place_of(session: Session, by: Doer | None = None) -> str:
    """Return where the doer belongs: the place of an entry about a thing that has none."""
    return getattr(by, "area_code", None) or actor_of(session).place


def own_signature(session: Session, now: datetime) -> dict[str, Any]:
    """Return who is at work, when and from where, as columns of an entry."""
    actor = actor_of(session)
    return {
        "at": now,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "origin": actor.origin,
        "request_id": actor.request_id,
    }


def signature(session: Session, by: Doer | None, now: datetime) -> dict[str, Any]:
    """Return the same where a deed says itself in whose name it is done."""
    named = {"actor_id": by.id if by else None, "actor_name": by.display_name if by else MACHINE}
    return own_signature(session, now) | named


def _command() -> str:
    context = click.get_current_context(silent=True)
    return f"command {context.command_path}"[:80] if context else ""

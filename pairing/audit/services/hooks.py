"""Hanging the trail on the session: nothing that writes through it can go around."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Mapper, scoped_session

from pairing.audit.services import bulk, chain, changes, entries

SESSION_HOOKS: dict[str, Callable[..., Any]] = {
    "after_flush": changes.tell_all,
    "after_soft_rollback": changes.drop_pending,
    "before_commit": chain.link,
    "after_transaction_end": entries.forget,
    "do_orm_execute": bulk.watch,
}
MAPPER_HOOKS: dict[str, Callable[..., Any]] = {
    "after_insert": changes.note_created,
    "before_update": changes.note_changed,
    "after_delete": changes.note_deleted,
}


def listen_to(sessions: scoped_session[Any]) -> None:
    """Let every session that *sessions* makes write its trail; asking again changes nothing."""
    for name, hook in SESSION_HOOKS.items():
        if not event.contains(sessions, name, hook):
            event.listen(sessions, name, hook)
    for name, noted in MAPPER_HOOKS.items():
        if not event.contains(Mapper, name, noted):
            event.listen(Mapper, name, noted)

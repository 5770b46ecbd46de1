"""Walking the chain: the first place where it does not hold, in words, in bounded memory.

Found are: an entry that was changed, deleted, added, moved in order or to another transaction; a
link that was deleted, changed or added; a tail that was cut off after a check whose witness was
kept; triggers that are gone. Not found: an untold deed (the trail cannot tell of what went around
the application), a tail cut off since the last check, and whatever somebody forges who holds both
the database and the keys of the application.
"""

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from pairing.audit.models import AuditEntry, AuditLink
from pairing.audit.services import chain
from pairing.audit.services.chain import Head
from pairing.wording import Wording, _

LINKS = ("number", "batch", "at", "entries", "seal")
WINDOW = 500  # links looked at in one query
GUARDS = {
    "sqlite": {f"{t}_no_{d}" for t in ("audit_entry", "audit_link") for d in ("update", "delete", "replace")},
    "postgresql": {"audit_entry_append_only", "audit_link_append_only"},
}
LIST_GUARDS = {
    "sqlite": text("select name from sqlite_master where type = 'trigger'"),
    "postgresql": text("select tgname from pg_trigger where tgenabled in ('O', 'A') and not tgisinternal"),
}


@dataclass(frozen=True)
class Verdict:
    """What a walk found; *broken* names the first place that does not hold, "" where all does."""

    links: int
    entries: int
    head: Head
    broken: Wording = Wording("")  # noqa: RUF009 - a Wording never changes


class _Broken(Exception):
    def __init__(self, words: Wording) -> None:
        super().__init__(words)
        self.words = words


class _Walk:
    """How far we are, and the seal that the next link must continue."""

    def __init__(self, start: Head) -> None:
        self.links, self.entries, self.head = 0, 0, start

    def step(self, link: Any, rows: Iterable[Any]) -> None:  # noqa: ANN401 - a row
        """Go on by one link, or raise where it does not hold."""
        number = self.head.number + 1
        if link.number != number:
            raise _Broken(_("第 %(number)s 环缺失", number=number))
        count, content = chain.digest(link.batch, rows)
        if count != link.entries:
            said = {"number": number, "right": link.entries, "count": count}
            raise _Broken(_("第 %(number)s 环应有 %(right)s 条记录,现有 %(count)s 条", **said))
        if chain.seal(self.head.seal, number, link.at, content) != link.seal:
            raise _Broken(_("第 %(number)s 环对不上:链环、记录内容或顺序被改动", number=number))
        self.links, self.entries, self.head = self.links + 1, self.entries + count, Head(number, link.seal)


def verify(session: Session, since: datetime | None = None, seen: Head | None = None) -> Verdict:
    """Walk the chain, or the links made after *since*; *seen* is what an earlier check saw of it."""
    walk = _Walk(_start(session, since))
    try:
        _check_guards(session)
        with closing(_links(session, walk.head.number)) as links:
            for link, rows in links:
                walk.step(link, rows)
        _check_loose(session, since)
        _check_tail(session, walk.head, seen)
    except _Broken as broken:
        return Verdict(walk.links, walk.entries, walk.head, broken.words)
    return Verdict(walk.links, walk.entries, walk.head)


def _start(session: Session, since: datetime | None) -> Head:
    """Return the last link before *since*, which is taken as it stands."""
    before = select(AuditLink.number, AuditLink.seal).order_by(AuditLink.number.desc()).limit(1)
    found = session.execute(before.where(AuditLink.at < since)).first() if since else None
    return Head(*found) if found else Head(0, chain.NOTHING)


def _links(session: Session, after: int) -> Generator[tuple[Any, Iterable[Any]]]:
    """Yield each link with its entries (columns `chain.SEALED`), window by window."""
    last = chain.head(session.connection()).number
    for start in range(after + 1, last + 1, WINDOW):
        columns = [getattr(AuditLink, name).label(f"link_{name}") for name in LINKS]
        found = select(*columns, *chain.SEALED).outerjoin(AuditEntry, AuditEntry.batch == AuditLink.batch)
        found = found.where(AuditLink.number.between(start, min(start + WINDOW - 1, last)))
        found = found.order_by(AuditLink.number, AuditEntry.id)
        with session.connection().execute(found.execution_options(yield_per=chain.AT_ONCE)) as rows:
            for key, group in groupby(rows, key=lambda row: tuple(row[: len(LINKS)])):
                yield _Link(*key), _own(group)


@dataclass(frozen=True)
class _Link:
    number: int
    batch: int
    at: datetime
    entries: int
    seal: str


def _own(group: Iterable[Any]) -> Iterator[Any]:
    """Yield the columns of the entries; a link without any has one row of nothing."""
    return (row[len(LINKS) :] for row in group if row[len(LINKS)] is not None)


def _check_loose(session: Session, since: datetime | None) -> None:
    """Refuse entries that no link seals."""
    loose = select(AuditEntry.id).outerjoin(AuditLink, AuditLink.batch == AuditEntry.batch)
    loose = loose.where(AuditLink.number.is_(None)).order_by(AuditEntry.id)
    if since:
        loose = loose.where(AuditEntry.at >= since)
    found = [str(number) for number in islice(session.scalars(loose.limit(3)), 3)]
    if found:
        raise _Broken(_("记录 %(ids)s 不在链上:绕过系统加入,或其链环被删除", ids="、".join(found)))


def _check_tail(session: Session, head: Head, seen: Head | None) -> None:
    """Refuse a chain that does not hold what an earlier check has seen."""
    if seen is None or seen.number == 0:
        return
    stored = session.scalar(select(AuditLink.seal).where(AuditLink.number == seen.number))
    if stored is None:
        said = {"seen": seen.number, "number": head.number}
        raise _Broken(_("链尾被截去:上次核对到第 %(seen)s 环,现只到第 %(number)s 环", **said))
    if stored != seen.seal:
        raise _Broken(_("第 %(number)s 环与上次核对时不同:整条链被重写", number=seen.number))


def _check_guards(session: Session) -> None:
    """Refuse a database without the triggers that keep the trail as it is."""
    engine = session.connection().dialect.name
    missing = GUARDS[engine] - set(session.scalars(LIST_GUARDS[engine]))
    if missing:
        raise _Broken(_("防改动触发器缺失:%(names)s", names="、".join(sorted(missing))))

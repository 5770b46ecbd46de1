"""A file on its way into the store and out of it."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from pairing.files.models import StoredFile
from pairing.files.rules.kinds import MOST_BYTES, PHOTOS, FileKind, is_heic, kind_of, spoken_name
from pairing.files.rules.refusals import WORDS, FileRefused, Infected, about, refuse
from pairing.files.services.scanning import refuse_infected
from pairing.sandbox import ChildFailed, Failure, ask_child

CHILD = "pairing.files.rules.child"
FAILED = {
    Failure.SLOW: "too_complex",
    Failure.LARGE: "too_complex",
    Failure.CRASHED: "damaged",
    Failure.BUSY: "busy",
}
JPEG_START, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"


class Sender(Protocol):
    """Whoever has sent the file."""

    id: Any


@dataclass(frozen=True)
class SoundFile:
    """What was made of a file that somebody sent; of its name nothing is left."""

    kind: FileKind
    content: bytes


def inspect_file(data: bytes, claimed_name: str, kinds: frozenset[FileKind]) -> SoundFile:
    """Scan a file and draw it anew, or look through it; it takes time, so it is done before the transaction.

    Raises
    ------
    Infected : the scanner knows it.
    FileRefused : any other reason, in words that name the file.
    """
    try:
        _refuse_kind(data, kinds)
        refuse_infected(data)
        return _sound(data)
    except Infected:
        raise
    except FileRefused as refused:
        raise FileRefused(refused.code, about(spoken_name(claimed_name), refused)) from refused


def keep_file(
    session: Session, file: SoundFile, area_code: str, by: Sender, now: datetime, kept_until: date
) -> StoredFile:
    """Keep a sound file, sealed, under a name of our own."""
    stored = StoredFile(
        public_id=secrets.token_hex(16),
        kind=file.kind,
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
        area_code=area_code,
        content=base64.b64encode(file.content).decode(),
        created_by_id=by.id,
        created_at=now,
        kept_until=kept_until,
    )
    session.add(stored)
    session.flush()
    return stored


def open_file(stored: StoredFile) -> bytes:
    """Return the content of a kept file."""
    return base64.b64decode(stored.content)


def _refuse_kind(data: bytes, kinds: frozenset[FileKind]) -> None:
    if not data:
        raise refuse("empty")
    if len(data) > MOST_BYTES:
        raise refuse("too_big")
    if is_heic(data):
        raise refuse("heic")
    if kind_of(data) not in kinds:
        raise refuse("not_photo" if kinds <= PHOTOS else "not_paper")


def _sound(data: bytes) -> SoundFile:
    """Let a child look at the file; what the child says is not believed without a look either."""
    try:
        head, _newline, content = ask_child(CHILD, data).partition(b"\n")
        said = json.loads(head)
    except ChildFailed as failed:
        raise refuse(FAILED[failed.why]) from failed
    except ValueError as error:
        raise refuse("damaged") from error
    if not isinstance(said, dict):
        raise refuse("damaged")
    if said.get("refused") in WORDS:
        raise refuse(said["refused"])
    is_picture = content.startswith(JPEG_START) and content.endswith(JPEG_END)
    if said.get("kind") == FileKind.JPEG.value and is_picture:
        return SoundFile(FileKind.JPEG, content)
    if said.get("kind") == FileKind.PDF.value and kind_of(data) is FileKind.PDF:
        return SoundFile(FileKind.PDF, data)
    raise refuse("damaged")

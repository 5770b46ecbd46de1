"""``python -m pairing.files.rules.child``: a file on stdin; on stdout a line of JSON, then what is kept."""

import json
from collections.abc import Iterable

from PIL import Image

from pairing.files.rules.kinds import FileKind, kind_of
from pairing.files.rules.papers import refuse_active
from pairing.files.rules.pictures import redraw
from pairing.files.rules.refusals import FileRefused, refuse
from pairing.sandbox import serve


def judge(data: bytes) -> Iterable[bytes]:
    """Draw a picture anew, look through a PDF, or refuse."""
    try:
        kind, content = _kept(data)
    except FileRefused as refused:
        return [_line({"refused": refused.code})]
    return [_line({"kind": kind.value}), content]


def _kept(data: bytes) -> tuple[FileKind, bytes]:
    kind = kind_of(data)
    if kind is None:
        raise refuse("damaged")
    if kind is FileKind.PDF:
        refuse_active(data)
        return kind, data
    return FileKind.JPEG, redraw(data, kind)


def _line(said: dict[str, str]) -> bytes:
    return json.dumps(said).encode() + b"\n"


if __name__ == "__main__":
    Image.init()  # a confined child cannot load the plugins when it first needs them
    serve(judge)

"""Kinds of files, told by their first bytes; the name that somebody gave them says nothing."""

import re

from pairing.wording import Labelled, _

MOST_BYTES = 8 * 2**20
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
SHOWN = 30  # characters of a name that somebody gave
UNSPEAKABLE = re.compile(r"[^\w .()-]|_", re.UNICODE)


class FileKind(Labelled):
    """A kind of file that may be sent; pictures are kept as JPEG."""

    JPEG = "jpeg", _("JPEG 照片")
    PNG = "png", _("PNG 图片")
    WEBP = "webp", _("WebP 图片")
    PDF = "pdf", _("PDF 文件")


PHOTOS = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
PAPERS = PHOTOS | {FileKind.PDF}


def kind_of(data: bytes) -> FileKind | None:
    """Tell the kind of a file, or None."""
    if data.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return FileKind.WEBP
    return FileKind.PDF if data.startswith(b"%PDF-") else None


def is_heic(data: bytes) -> bool:
    """Tell whether this is the format in which an iPhone keeps its photos."""
    return data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS


def spoken_name(claimed: str) -> str:
    """Give the end of a name for a message: no folder, no control or direction mark, not too long."""
    last = re.split(r"[/\\\0]", claimed)[-1]
    return UNSPEAKABLE.sub("", last)[-SHOWN:].strip()

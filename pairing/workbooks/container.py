"""The .xlsx file as a zip: judged by content, unpacked within bounds, packed afresh.

Only what was unpacked and looked at here goes on to the parser, so that two readers of the same zip
cannot see two different files.
"""

import io
import zipfile
import zlib

from pairing.workbooks import refusals

MOST_UNPACKED = 40 * 2**20
MOST_PARTS = 500
PIECE = 2**16
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
)
PASSWORD_FLAG = 0x1

Parts = dict[str, bytes]


def unpack(data: bytes) -> Parts:
    """Give the XML parts of a workbook by name; pictures and macros are left behind."""
    refusals.refuse_size(data)
    if data.startswith(OLE):
        raise refusals.encrypted() if ENCRYPTED_STREAM in data else refusals.old_xls()
    if not data.startswith(b"PK"):
        raise refusals.not_xlsx()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _parts(archive)
    except refusals.WorkbookRefused:
        raise
    except UNREADABLE as error:
        raise refusals.damaged() from error


def repack(parts: Parts) -> io.BytesIO:
    """Pack parts that were looked at, uncompressed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    packed.seek(0)
    return packed


def _parts(archive: zipfile.ZipFile) -> Parts:
    members = archive.infolist()
    if any(member.flag_bits & PASSWORD_FLAG for member in members):
        raise refusals.encrypted()
    names = {member.filename for member in members}
    if not any(name.startswith("xl/") for name in names):
        raise refusals.not_xlsx()
    wanted = [member for member in members if member.filename.lower().endswith((".xml", ".rels"))]
    if len(names) < len(members) or len(wanted) > MOST_PARTS:
        raise refusals.damaged()
    return _contents(archive, wanted)


def _contents(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Parts:
    """Read member by member; sizes are counted as they come, the directory is not believed."""
    parts, left = {}, MOST_UNPACKED
    for member in members:
        content = bytearray()
        with archive.open(member) as stream:
            while piece := stream.read(PIECE):
                content += piece
                if len(content) > left:
                    raise refusals.too_big()
        left -= len(content)
        parts[member.filename] = bytes(content)
    return parts

"""Looking through a PDF for what acts: scripts, programs, attachments, actions at opening.

A PDF is kept as it came, so it must be plain: no password, and nothing that a reader would start. What
stands in packed object streams is unpacked and looked at too; one that cannot be unpacked is refused.
"""

import re
import zlib

from pairing.files.rules.refusals import refuse

HEADER = re.compile(rb"%PDF-[12]\.\d")
END_WITHIN = 2048
MOST_UNPACKED = 32 * 2**20
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream\s")
PACKED_OBJECTS = re.compile(rb"/ObjStm(?![\w.])")
FILTER = re.compile(rb"/Filter(?![\w.])")
FLATE = re.compile(rb"/Filter\s*(?:/FlateDecode(?![\w.])|\[\s*/FlateDecode\s*\])")
ODD = re.compile(rb"/(?:DecodeParms|DP|FDecodeParms|FFilter|F)(?![\w.])")
ACTIVE = re.compile(  # long names only: the noise of a packed picture does not spell them
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|OpenAction|XFA|RichMedia|SubmitForm|ImportData|"
    rb"GoToE|GoToR|Movie|Sound|Rendition|FileAttachment|Collection)(?![\w.])"
)
ENCRYPTED = re.compile(rb"/Encrypt(?![\w.])")


def refuse_active(data: bytes) -> None:
    """Raise FileRefused unless the PDF is whole and plain."""
    if not HEADER.match(data) or b"%%EOF" not in data[-END_WITHIN:]:
        raise refuse("damaged")
    _refuse_words(data)
    packed = [match for match in STREAM.finditer(data) if PACKED_OBJECTS.search(_head(data, match.start()))]
    if len(packed) != len(PACKED_OBJECTS.findall(plain(data))):
        raise refuse("damaged")  # they stand where only some readers would find them
    left = MOST_UNPACKED
    for match in packed:
        unpacked = _unpack(data[match.end() :].lstrip(b"\n"), _head(data, match.start()), left)
        left -= len(unpacked)
        _refuse_words(unpacked)


def plain(words: bytes) -> bytes:
    """Undo the spelling of names by numbers: /J#53 is /JS."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), words)


def _refuse_words(words: bytes) -> None:
    spelt = plain(words)
    if ENCRYPTED.search(spelt):
        raise refuse("encrypted_pdf")
    if ACTIVE.search(spelt):
        raise refuse("active_pdf")


def _head(data: bytes, start: int) -> bytes:
    """Return the dictionary before a stream."""
    return plain(data[data.rfind(b"obj", 0, start) : start])


def _unpack(packed: bytes, head: bytes, most: int) -> bytes:
    """Unpack objects that are packed in the one usual way; any other way is refused."""
    if len(FILTER.findall(head)) != 1 or not FLATE.search(head) or ODD.search(head):
        raise refuse("damaged")
    try:
        unpacked = zlib.decompressobj().decompress(packed, most)
    except zlib.error as error:
        raise refuse("damaged") from error
    if len(unpacked) >= most:
        raise refuse("too_complex")
    return unpacked

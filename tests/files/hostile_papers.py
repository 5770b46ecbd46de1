"""PDFs with something that acts, each with the verdict that it must get ("" is kept as it came)."""

import zlib


def paper(*objects, start=b"%PDF-1.7\n", end=b"trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"):
    """Put objects between the first and the last line of a PDF."""
    root = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"
    numbered = (b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate((*root, *objects), start=1))
    return start + b"".join(numbered) + end


def stream(content, head=b"/Filter /FlateDecode", pack=zlib.compress):
    """Give a stream with its dictionary."""
    packed = pack(content)
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(packed), packed)


def packed(content, head=b"/Filter /FlateDecode", pack=zlib.compress):
    """Give objects packed into a stream."""
    return stream(content, b"/Type /ObjStm /N 1 /First 4 " + head, pack)


def as_it_is(content):
    """Pack nothing."""
    return content


ACTION = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
PAPERS = {
    "plain": (paper(), ""),
    "a page of text": (paper(stream(b"BT (/JavaScript) Tj ET")), ""),
    "objects that are packed": (paper(packed(b"3 0 << /Type /Page >>")), ""),
    "a picture whose noise looks like a short name": (paper(stream(b"\0/JS \0/AA ", b"", as_it_is)), ""),
    "a script": (paper(ACTION), "active_pdf"),
    "a script spelt by numbers": (paper(ACTION.replace(b"/JavaScript", b"/J#61vaScr#69pt")), "active_pdf"),
    "a script in packed objects": (paper(packed(b"3 0 " + ACTION)), "active_pdf"),
    "a script in objects that are called packed by numbers": (
        paper(packed(b"3 0 " + ACTION).replace(b"/ObjStm", b"/Obj#53tm")),
        "active_pdf",
    ),
    "an action at opening": (paper(b"<< /OpenAction 3 0 R >>"), "active_pdf"),
    "a program": (paper(b"<< /S /Launch /F (cmd.exe) >>"), "active_pdf"),
    "an attachment": (paper(b"<< /Names << /EmbeddedFiles 5 0 R >> >>"), "active_pdf"),
    "one attached file": (paper(b"<< /Type /EmbeddedFile >>"), "active_pdf"),
    "a form of another kind": (paper(b"<< /XFA [] >>"), "active_pdf"),
    "a film": (paper(b"<< /Subtype /RichMedia >>"), "active_pdf"),
    "a form that is sent away": (paper(b"<< /S /SubmitForm /F (http://x) >>"), "active_pdf"),
    "a password": (paper(end=b"trailer << /Encrypt 9 0 R >>\nstartxref\n0\n%%EOF\n"), "encrypted_pdf"),
    "a bomb of packed objects": (paper(packed(bytes(40 * 2**20))), "too_complex"),
    "objects packed in an old way": (
        paper(packed(ACTION, b"/Filter /ASCIIHexDecode", lambda content: content.hex().encode())),
        "damaged",
    ),
    "objects packed twice": (paper(packed(ACTION, b"/Filter [/FlateDecode /FlateDecode]")), "damaged"),
    "objects packed by differences": (
        paper(packed(ACTION, b"/Filter /FlateDecode /DecodeParms << /Predictor 12 >>")),
        "damaged",
    ),
    "packed objects that are damaged": (paper(packed(b"x", pack=lambda _content: b"\0" * 40)), "damaged"),
    "packed objects where only some readers look": (
        paper(b"<< /Type /ObjStm /N 1 (endobj) >> (obj)\nstream\nx\nendstream"),
        "damaged",
    ),
    "without its end": (paper(end=b""), "damaged"),
    "of an unknown version": (paper(start=b"%PDF-x\n"), "damaged"),
    "behind a page": (b"<script>alert(1)</script>" + paper(), "not_paper"),
    "html as pdf": (b"<html></html>", "not_paper"),
    "nothing": (b"", "empty"),
    "too heavy": (paper() + bytes(8 * 2**20), "too_big"),
}

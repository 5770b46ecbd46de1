"""Workbooks that somebody who means harm would send, each with the verdict that it must get ("" is read)."""

import io
import zipfile

from tests.workbooks.building import PACKAGE, RELATIONS, SPREADSHEET, book, pack, raw

HONEST = book([["姓名"], ["张三"]])
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
SHEET = f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{{}}</sheetData></worksheet>'
LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000)


def parts(**more):
    """Give the parts of an honest workbook as a zip would hold them."""
    with zipfile.ZipFile(io.BytesIO(raw(ONE, **more))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_member(name, content, **attributes):
    """Add one strange member to an honest workbook."""
    packed = io.BytesIO(raw(ONE))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        member = zipfile.ZipInfo(name)
        member.compress_type = zipfile.ZIP_DEFLATED
        for key, value in attributes.items():
            setattr(member, key, value)
        archive.writestr(member, content)
    return packed.getvalue()


def twice(name):
    """Hold one member twice, which two readers would read differently."""
    return renamed(with_member("xl/workbook.xmz", "<workbook/>"), b"xl/workbook.xmz", name)


def renamed(data, old, new):
    """Change a name wherever it stands in the zip; the lengths are the same."""
    return data.replace(old, new)


def patched(data, mark, offset, value):
    """Overwrite bytes after every *mark* of the zip's own records."""
    changed, place = bytearray(data), data.find(mark)
    while place >= 0:
        changed[place + offset : place + offset + len(value)] = value
        place = data.find(mark, place + 1)
    return bytes(changed)


def sheets_named(count):
    """Name one part as very many sheets."""
    names = "".join(f'<sheet name="s{n}" sheetId="{n + 1}" r:id="rId1"/>' for n in range(count))
    book_xml = f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONS}"><sheets>{names}</sheets></workbook>'
    return raw(ONE, **{"xl/workbook.xml": book_xml})


def leading_to(target, mode=""):
    """Say that the sheet lies somewhere else."""
    rels = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/worksheet" Target="{target}"{mode}/></Relationships>'
    )
    return raw(ONE, **{"xl/_rels/workbook.xml.rels": rels})


def entity(declared):
    """Declare entities in the sheet."""
    sheet = f"<?xml version='1.0'?><!DOCTYPE x [{declared}]>{SHEET.format('<row><c><v>&e;</v></c></row>')}"
    return raw("", **{"xl/worksheets/sheet1.xml": sheet})


def wide_zip(count):
    """Hold very many small parts."""
    return pack(parts() | {f"xl/worksheets/s{n}.xml": "<x/>" for n in range(count)})


def lying_zip64():
    """Say in the end record that there is a longer one, which is not there."""
    return patched(HONEST, b"PK\x05\x06", 8, b"\xff\xff\xff\xff" + b"\xff" * 8)


def cells(kind, value):
    """Give a sheet of one cell of a kind."""
    return raw(f'<row r="1"><c r="A1"{kind}><v>{value}</v></c></row>')


FAR, ENDLESS = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "9" * 30
ODDLY_PACKED = patched(patched(HONEST, b"PK\x01\x02", 10, b"\x63"), b"PK\x03\x04", 8, b"\x63")
BOOKS = {
    "nothing": (b"", "not_xlsx"),
    "html as xlsx": (b"<html><script>alert(1)</script></html>", "not_xlsx"),
    "csv as xlsx": ("姓名,身份证号\n".encode(), "not_xlsx"),
    "picture as xlsx": (b"\x89PNG\r\n\x1a\n" + bytes(99), "not_xlsx"),
    "program as xlsx": (b"MZ" + bytes(999), "not_xlsx"),
    "old xls": (OLE, "old_xls"),
    "workbook with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "text document": (pack({"word/document.xml": "<w/>"}), "not_xlsx"),
    "open document": (pack({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "not_xlsx"),
    "java archive": (pack({"META-INF/MANIFEST.MF": "Main-Class: x"}), "not_xlsx"),
    "binary workbook": (pack({"xl/workbook.bin": b"\0" * 99}), "damaged"),
    "only a signature": (b"PK\x03\x04", "damaged"),
    "cut off": (HONEST[:-40], "damaged"),
    "cut in half": (HONEST[: len(HONEST) // 2], "damaged"),
    "gif before the zip": (b"GIF89a" + HONEST, "not_xlsx"),
    "too heavy": (b"PK" + bytes(10 * 2**20), "too_big"),
    "zip bomb": (raw("", **{"xl/theme.xml": b" " * (41 * 2**20)}), "too_big"),
    "bomb in many parts": (
        pack(parts() | {f"xl/{n}.xml": b"<x>" + b" " * 2**20 + b"</x>" for n in range(45)}),
        "too_big",
    ),
    "zip in a zip": (with_member("xl/inner.zip", pack({"a.xml": b" " * 2**22})), ""),
    "zip in a part": (with_member("xl/inner.xml", pack({"a.xml": b" " * 2**22})), "damaged"),
    "path that climbs": (with_member("../../../../etc/cron.d/x.xml", "<x/>"), ""),
    "absolute path": (with_member("/etc/passwd.xml", "<x/>"), ""),
    "windows path": (with_member("C:\\Windows\\x.xml", "<x/>"), ""),
    "symlink to a file": (with_member("xl/link.xml", "/etc/passwd", external_attr=0o120777 << 16), "damaged"),
    "symlink outside the parts": (with_member("link", "/etc/passwd", external_attr=0o120777 << 16), ""),
    "the same part twice": (twice(b"xl/workbook.xml"), "damaged"),
    "ten thousand parts": (wide_zip(10_000), "damaged"),
    "part with a password": (patched(HONEST, b"PK\x01\x02", 8, b"\x01"), "encrypted"),
    "unknown packing": (ODDLY_PACKED, "damaged"),
    "negative sizes in the directory": (patched(HONEST, b"PK\x01\x02", 20, b"\xff" * 8), ""),
    "sizes of nothing": (patched(HONEST, b"PK\x01\x02", 20, bytes(8)), "damaged"),
    "directory that points nowhere": (patched(HONEST, b"PK\x05\x06", 16, b"\xff\xff\xff\x7f"), "damaged"),
    "zip64 that is none": (lying_zip64(), "damaged"),
    "million cells": (raw(("<row>" + "<c><v>1</v></c>" * 100 + "</row>") * 10_000), "too_many_cells"),
    "a cell at the end of the world": (raw(FAR), "too_many_rows"),
    "a very wide row": (raw('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'), "too_many_columns"),
    "sixty-five thousand sheets": (sheets_named(65_000), "too_many_sheets"),
    "row number below zero": (raw('<row r="-1"><c r="A-1"><v>1</v></c></row>'), "damaged"),
    "row number zero": (raw('<row r="0"><c r="A0"><v>1</v></c></row>'), "damaged"),
    "row beyond any": (raw(f'<row r="{ENDLESS}"><c r="A{ENDLESS}"><v>1</v></c></row>'), "too_many_rows"),
    "billion laughs": (entity(f'<!ENTITY a0 "ha">{LAUGHS}<!ENTITY e "&a9;">'), "damaged"),
    "entity from a file": (entity('<!ENTITY e SYSTEM "file:///etc/passwd">'), "damaged"),
    "entity from the net": (entity('<!ENTITY e SYSTEM "http://127.0.0.1:1/x">'), "damaged"),
    "entity of the declaration": (entity('<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;'), "damaged"),
    "sheet in utf-16": (raw("", **{"xl/worksheets/sheet1.xml": SHEET.format(ONE).encode("utf-16")}), ""),
    "sheet with a zero byte": (raw("\0"), "damaged"),
    "nested a hundred thousand times": (raw("<row>" * 100_000), "damaged"),
    "nested and closed": (raw("<x>" * 50_000 + "</x>" * 50_000), ""),
    "text without end": (raw(f'<row><c t="str"><v>{"x" * 2**22}</v></c></row>'), ""),
    "shared text that is not there": (cells(' t="s"', "99"), "damaged"),
    "date beyond the calendar": (cells(' s="0"', "1e300"), ""),
    "number that is none": (cells("", "NaN"), ""),
    "sheet elsewhere in the system": (leading_to("../../../../../etc/passwd"), "damaged"),
    "sheet elsewhere in the net": (leading_to("http://127.0.0.1:1/x", ' TargetMode="External"'), "damaged"),
    "without a workbook": (pack({k: v for k, v in parts().items() if k != "xl/workbook.xml"}), ""),
    "macro": (with_member("xl/vbaProject.bin", b"Sub Auto_Open()"), ""),
    "macro part of xml": (with_member("xl/macrosheets/m.xml", "<xm:macrosheet xmlns:xm='x'/>"), ""),
    "external link": (
        with_member("xl/externalLinks/externalLink1.xml", f'<externalLink xmlns="{SPREADSHEET}"/>'),
        "",
    ),
    "dde": (raw('<row><c t="str"><f>cmd|\'/c calc\'!A0</f><v>=cmd|calc</v></c></row>'), ""),
    "formula that calls home": (raw('<row><c t="str"><f>WEBSERVICE("http://x")</f><v/></c></row>'), ""),
    "honest": (HONEST, ""),
}  # fmt: skip

"""Is there a cell that a spreadsheet would run? Read from the bytes of the file, without the app's rules."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree as ET

NUMBER = re.compile(r"-?\d+(\.\d+)?")
LIVE = re.compile(r"[\s\u3000]*[=+\-@＝＋－＠﹢﹣﹦﹫−|%\t\r]")
STRANGE_PARTS = re.compile(r"externalLink|macro|vba|connections|hyperlink|embeddings", re.IGNORECASE)


def live_cells(data):
    """Return every cell of a workbook or a text table that is, or could become, a formula."""
    return _of_workbook(data) if data.startswith(b"PK") else _of_table(data)


def texts(data):
    """Return every text of a workbook or a text table."""
    if data.startswith(b"PK"):
        return [text for _kind, text in _workbook_cells(data)]
    return [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]


def _of_workbook(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        strange = [name for name in archive.namelist() if STRANGE_PARTS.search(name)]
    return strange + [text for kind, text in _workbook_cells(data) if kind == "f" or LIVE.match(text)]


def _workbook_cells(data):
    """Yield ("f", formula) and ("t", text) of every sheet; numbers cannot act."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet") or name == "xl/sharedStrings.xml":
                for element in ET.fromstring(archive.read(name)).iter():  # noqa: S314 - our own file
                    tag = element.tag.rpartition("}")[2]
                    if tag in ("f", "t"):
                        yield tag, element.text or ""


def _of_table(data):
    return [cell for cell in texts(data) if LIVE.match(cell) and not NUMBER.fullmatch(cell)]

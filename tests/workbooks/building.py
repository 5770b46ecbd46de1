"""Workbooks for the tests: honest ones by xlsxwriter, spoilt ones part by part."""

import io
import zipfile

import xlsxwriter

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORKBOOK = (
    f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONS}"><sheets>'
    '<sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
ROOT_RELS = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
RELS = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)


def book(rows, name="登记表"):
    """Give a workbook of one sheet with *rows*; None leaves a cell out."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"strings_to_formulas": False}) as made:
        sheet = made.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write(number, place, value)
    return packed.getvalue()


def pack(parts, compression=zipfile.ZIP_DEFLATED):
    """Zip *parts* as they are."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def raw(sheet_data, **more):
    """Give a workbook whose one sheet holds the XML *sheet_data*; *more* are further parts."""
    sheet = f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{sheet_data}</sheetData></worksheet>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": ROOT_RELS,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELS,
        "xl/worksheets/sheet1.xml": sheet,
    }
    return pack(parts | more)

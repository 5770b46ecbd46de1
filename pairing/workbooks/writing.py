"""Writing workbooks: refused rows, exports, blank forms with drop-down lists; no cell is a formula."""

import io
from collections.abc import Sequence
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pairing.values.text import cell_text
from pairing.workbooks.inert import inert
from pairing.workbooks.plans import Column, SheetPlan

LISTS = "选项"
FORM_ROWS = 5000
LONGEST_TEXT = 32_767
EXACT = 10**15  # a spreadsheet keeps 15 digits of a number
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
STYLES: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 16},
    "hint": {"font_color": "#666666"},
    "header": {"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "valign": "vcenter"},
    "sample": {"font_color": "#999999", "num_format": "@"},
    "text": {"num_format": "@"},
    "date": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},
}

Styles = dict[str, Format]


def write_workbook(plans: Sequence[SheetPlan]) -> bytes:
    """Write the sheets into the bytes of an .xlsx file."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, OPTIONS) as book:
        styles = {name: book.add_format(style) for name, style in STYLES.items()}
        starts = [_write_sheet(book.add_worksheet(plan.name), plan, styles) for plan in plans]
        _offer_lists(book, plans, starts)
    return packed.getvalue()


def _write_sheet(sheet: Worksheet, plan: SheetPlan, styles: Styles) -> int:
    """Write one sheet; give the 0-based number of its first row below the header."""
    row = _write_head(sheet, plan, styles)
    for place, column in enumerate(plan.columns):
        sheet.set_column(place, place, column.width, styles["text"] if column.is_text else None)
        sheet.write_string(row, place, column.heading, styles["header"])
    sheet.freeze_panes(row + 1, 0)
    if plan.is_form:
        for place, column in enumerate(plan.columns):
            sheet.write_string(row + 1, place, _text(column.sample), styles["sample"])
    for number, values in enumerate(plan.rows, start=row + 1 + plan.is_form):
        for place, (column, value) in enumerate(zip(plan.columns, values, strict=True)):
            _write_cell(sheet, (number, place), value, column, styles)
    return row + 1


def _write_head(sheet: Worksheet, plan: SheetPlan, styles: Styles) -> int:
    """Write title and hint, each in a row of its own if there is one; give the next row."""
    row = 0
    for style, text in (("title", plan.title), ("hint", plan.hint)):
        if text:
            sheet.write_string(row, 0, _text(text), styles[style])
            row += 1
    return row


def _write_cell(sheet: Worksheet, at: tuple[int, int], value: object, column: Column, styles: Styles) -> None:
    if column.is_text:
        sheet.write_string(*at, _text(value), styles["text"])
    elif isinstance(value, datetime):
        sheet.write_datetime(*at, value, styles["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(*at, value, styles["date"])
    elif isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < EXACT:
        sheet.write_number(*at, value)
    else:
        sheet.write_string(*at, _text(value))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return inert(cell_text(value))[:LONGEST_TEXT]


def _offer_lists(book: Workbook, plans: Sequence[SheetPlan], starts: Sequence[int]) -> None:
    """Put the choices of each column on a hidden sheet and offer them in the column's cells."""
    offers = [
        (plan.name, start, place, column.choices)
        for plan, start in zip(plans, starts, strict=True)
        for place, column in enumerate(plan.columns)
        if column.choices
    ]
    if not offers:
        return
    lists = book.add_worksheet(LISTS)
    lists.hide()
    for number, (name, start, place, choices) in enumerate(offers):
        lists.write_column(0, number, [_text(choice) for choice in choices])
        source = f"={LISTS}!{_range(number, len(choices))}"
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        book.get_worksheet_by_name(name).data_validation(start, place, start + FORM_ROWS, place, rule)


def _range(column: int, length: int) -> str:
    letters = xlsxwriter.utility.xl_col_to_name(column, col_abs=True)
    return f"{letters}$1:{letters}${length}"

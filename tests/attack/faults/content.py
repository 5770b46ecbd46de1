"""Faults by which what somebody sends acts, or is too much."""

from tests.attack.faults.fault import Fault

FAULTS = (
    Fault(
        "a note is believed to be safe",
        "templates/households/file.html",
        '(_("备注"), household.note)',
        '(_("备注"), household.note|safe)',
        "tests/attack/test_markup.py::test_markup_in_the_registers_is_shown_and_does_not_act",
    ),
    Fault(
        "a cell may be a formula",
        "pairing/workbooks/inert.py",
        'return f"\'{text}" if _is_risky(text) else text',
        "return text",
        "tests/workbooks/test_writing.py::test_no_export_cell_begins_like_a_formula",
    ),
    Fault(
        "a formula hides behind a blank and a line end",
        "pairing/workbooks/inert.py",
        " or any(mark in lead for mark in PARTING)",
        "",
        "tests/exports/test_no_live_cell.py",
    ),
    Fault(
        "a photo keeps what the camera wrote",
        "pairing/files/rules/pictures.py",
        '    sheet = Image.new("RGB", picture.size, "white")\n',
        '    return picture.convert("RGB")\n    sheet = Image.new("RGB", picture.size, "white")\n',
        "tests/files/test_hostile_files.py::test_a_picture_is_drawn_anew_small_and_with_nothing_else_in_it",
    ),
    Fault(
        "a photo opens in the page",
        "pairing/web/downloads.py",
        "headers = KEPT_APART | {",
        "headers = {",
        "tests/visits/test_photos.py::test_a_photo_is_handed_over_with_nothing_that_could_act",
    ),
    Fault(
        "a browser guesses what a file is",
        "pairing/web/headers.py",
        '    "X-Content-Type-Options": "nosniff",\n',
        "",
        "tests/web/test_headers.py::test_every_answer_says_nosniff_and_keeps_its_address_to_itself",
    ),
    Fault(
        "a workbook may have any number of cells",
        "pairing/workbooks/scan.py",
        "MOST_CELLS = 200_000",
        "MOST_CELLS = 200_000_000",
        "tests/workbooks/test_refusals.py::test_a_million_cells_are_refused_at_once_and_in_little_memory",
    ),
    Fault(
        "a workbook may have any number of sheets",
        "pairing/workbooks/parsing.py",
        "    if len(found) > MOST_SHEETS:",
        "    if len(found) > MOST_SHEETS * 10_000:",
        "tests/workbooks/test_hostile_books.py::test_a_hostile_workbook_gets_its_verdict_soon",
    ),
)

"""Faults by which something is kept, shown or written that nobody should read."""

from tests.attack.faults.fault import Fault

FAULTS = (
    Fault(
        "an address lies open in the database",
        "pairing/households/models.py",
        'mapped_column(Sealed("household.address"))',
        "mapped_column(String(500))",
        "tests/households/test_register.py::test_personal_facts_are_sealed_in_the_store",
    ),
    Fault(
        "an identity number stands whole on a page",
        "pairing/privacy/masking.py",
        '    return f"{identity[:6]}********{identity[-4:]}"',
        "    return identity",
        "tests/households/test_file_pages.py::test_a_change_is_kept_and_numbers_stay_masked",
    ),
    Fault(
        "the page of one's own data shows the whole number",
        "pairing/subject_requests/queries/dossiers.py",
        "row.identity_number if is_whole else mask_identity(row.identity_number)",
        "row.identity_number",
        "tests/subject_requests/test_own_page.py::test_the_page_shows_what_is_kept_with_numbers_masked",
    ),
    Fault(
        "numbers of people are logged",
        "pairing/logs/masking.py",
        "    masked = _mask(plain)\n",
        "    masked = plain\n",
        "tests/logs/test_masking.py::test_no_number_of_anybody_stays_in_a_text",
    ),
    Fault(
        "a browser keeps the pages of who was signed in",
        "pairing/web/headers.py",
        'if may_be_kept else "no-store"',
        'if may_be_kept else "private"',
        "tests/web/test_headers.py::test_page_of_a_signed_in_reader_is_not_kept",
    ),
    Fault(
        "members stay in an anonymised file",
        "pairing/retention/services/households.py",
        "    household.members = []",
        "    pass",
        "tests/retention/test_households.py::test_nothing_in_the_store_says_whose_file_it_was",
    ),
    Fault(
        "files are forgotten before their time",
        "pairing/retention/queries/due.py",
        "select(Household.id).where(*closed, long_ago, ",
        "select(Household.id).where(*closed, ",
        "tests/retention/test_runs.py::test_what_is_past_its_time_goes_and_nothing_else",
    ),
    Fault(
        "a rule of retention finds nothing",
        "pairing/retention/queries/due.py",
        '"visit_reports": (visit_reports, visits),',
        '"visit_reports": (visits,),',
        "tests/retention/test_runs.py::test_what_is_past_its_time_goes_and_nothing_else",
    ),
    Fault(
        "a weak secret is good enough",
        "pairing/settings.py",
        " or packed < SECRET_PACKED or ",
        " or ",
        "tests/settings/test_start.py::test_it_does_not_start_and_names_the_setting_alone",
    ),
)

"""Faults by which a deed leaves no trace, or a trace can be changed."""

from tests.attack.faults.fault import Fault

FAULTS = (
    Fault(
        "a changed field is not told",
        "pairing/audit/services/changes.py",
        "for key, was in old.items() if was != new.get(key)}",
        "for key, was in old.items() if False}",
        "tests/audit/test_changes.py::test_a_changed_field_is_told_from_what_to_what",
    ),
    Fault(
        "many rows are changed behind the back of the trail",
        "pairing/audit/services/bulk.py",
        "    if not why and _changes_rows(statement):",
        "    if False:",
        "tests/audit/test_append_only.py::test_a_statement_over_many_rows_is_refused",
    ),
    Fault(
        "what was shown for a reason is not recorded",
        "pairing/households/views.py",
        '        record(session, current_user, "reveal_household", household, clock.now(), reason)\n',
        "",
        "tests/accounts/test_reveal.py::test_a_reason_shows_the_phone_once_and_is_kept",
    ),
    Fault(
        "a refusal is not recorded",
        "pairing/accounts/access.py",
        '        record_refusal(session, by, request.endpoint or "", reason, clock.now())',
        "        pass",
        "tests/audit/test_checking.py::test_what_the_guard_refuses_stands_in_the_trail",
    ),
    Fault(
        "entries of the trail are not sealed",
        "pairing/audit/services/chain.py",
        "        if count:",
        "        if not count:",
        "tests/audit/test_chain.py::test_a_transaction_makes_one_link_over_all_its_entries",
    ),
    Fault(
        "a savepoint seals what may be taken back",
        "pairing/audit/services/chain.py",
        "    if session.in_nested_transaction():",
        "    if False:",
        "tests/audit/test_chain.py::test_a_savepoint_makes_no_link_and_what_it_took_back_is_not_sealed",
    ),
    Fault(
        "the check believes every seal",
        "pairing/audit/services/verifying.py",
        "        if chain.seal(self.head.seal, number, link.at, content) != link.seal:",
        "        if False:",
        "tests/audit/test_chain.py::test_a_forgery_is_found_and_its_place_told",
    ),
    Fault(
        "the database lets the trail be changed",
        "migrations/versions/0003_audit_chain.py",
        "        make(table, key)",
        "        pass",
        "tests/audit/test_append_only.py::test_the_database_itself_refuses_to_change_the_trail",
    ),
)

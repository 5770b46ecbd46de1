"""Faults by which somebody reaches what belongs to others."""

from tests.attack.faults.fault import Fault

POLICIES = "migrations/versions/0009_row_level_security.py"

FAULTS = (
    Fault(
        "no scope is asked for",
        "pairing/accounts/queries.py",
        "    return stmt.where(there_for(model, user))\n",
        "    return stmt\n",
        "tests/households/test_find.py::test_nobody_sees_beyond_the_scope",
    ),
    Fault(
        "an area reaches as far as the district next door",
        "pairing/accounts/queries.py",
        "return column.startswith(user.scope_code, autoescape=True)",
        "return column.startswith(user.scope_code[:4], autoescape=True)",
        "tests/households/test_find.py::test_nobody_sees_beyond_the_scope",
    ),
    Fault(
        "who may not is let through",
        "pairing/accounts/access.py",
        "    if row.permission is not None and not may(current_user.role, row.permission):",
        "    if row.permission is not None and False:",
        "tests/review/test_access.py::test_a_page_does_not_exist_for_other_roles",
    ),
    Fault(
        "a row of the access table names the wrong permission",
        "pairing/access.py",
        '"review.list_proposals": Access(May.DECIDE_PROPOSALS,',
        '"review.list_proposals": Access(May.SIGNED_IN,',
        "tests/review/test_access.py::test_a_page_does_not_exist_for_other_roles",
    ),
    Fault(
        "a posted community is trusted",
        "pairing/accounts/services/people.py",
        "    if by and by.role in STAFF and not is_within(area_code, by.scope_code):",
        "    if False:",
        "tests/households/test_register.py::test_staff_register_in_their_own_area_only",
    ),
    Fault(
        "a form offers every community",
        "pairing/households/forms.py",
        "community_choices(current_session(), current_user.scope_code)",
        'community_choices(current_session(), "")',
        "tests/scope/test_posted.py::test_no_form_takes_the_code_of_another_community",
    ),
    Fault(
        "ticked rows are fetched by their number alone",
        "pairing/review/views/proposals_bulk.py",
        "get_scoped(session, Proposal, proposal_id, current_user)",
        "session.get_one(Proposal, proposal_id)",
        "tests/scope/test_posted.py::test_deciding_many_leaves_those_of_other_places_alone",
    ),
    Fault(
        "a volunteer keeps the key when the pairing has ended",
        "pairing/pairings/queries.py",
        "select(Pairing.household_id).where(Pairing.status == PairingStatus.ACTIVE)\n    return Household",
        "select(Pairing.household_id)\n    return Household",
        "tests/scope/test_relations.py::test_a_home_is_there_for_the_volunteer_of_an_active_pairing_only",
    ),
    Fault(
        "anybody fetches an export",
        "pairing/exports/queries/own.py",
        "where(Export.owner_id == by.id, in_area(",
        "where(in_area(",
        "tests/exports/test_jobs.py::test_only_the_owner_gets_it_and_only_while_the_place_is_the_same",
    ),
    Fault(
        "who was moved elsewhere takes the exports along",
        "pairing/exports/queries/own.py",
        "where(Export.owner_id == by.id, in_area(Export.area_code, by))",
        "where(Export.owner_id == by.id)",
        "tests/exports/test_jobs.py::test_only_the_owner_gets_it_and_only_while_the_place_is_the_same",
    ),
    Fault(
        "PostgreSQL shows every household",
        POLICIES,
        "\"household\": f\"{AREA} OR {among('id', 'own_homes')}\",",
        '"household": "true",',
        "tests/scope/test_row_level_security.py::test_a_reader_who_is_not_known_sees_no_row_of_any_protected_table",
        "",
    ),
    Fault(
        "the policies do not bind the owner of the tables",
        POLICIES,
        'op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")',
        "pass",
        "tests/scope/test_row_level_security.py::test_a_connection_that_was_told_nothing_sees_nothing",
        "",
    ),
    Fault(
        "a table has no policy",
        POLICIES,
        '    "consent": AREA,\n',
        "",
        "tests/scope/test_row_level_security.py::test_every_table_with_a_place_or_a_protected_parent_has_a_policy",
        "",
    ),
    Fault(
        "a connection remembers who read before",
        "pairing/readers.py",
        "set_config('pairing.role', :role, true)",
        "set_config('pairing.role', :role, false)",
        "tests/scope/test_row_level_security.py::test_a_connection_that_was_told_nothing_sees_nothing",
        "",
    ),
)

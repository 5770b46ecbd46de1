"""One-line faults, each with the tests that must turn red; `tests.attack.drill` tries them one by one."""

from typing import NamedTuple


class Fault(NamedTuple):
    """A fault: in *file* the text *old*, which stands there once, becomes *new*; *tests* must fail."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


FAULTS = (
    Fault(
        "no scope is asked for",
        "pairing/accounts/queries.py",
        "    return stmt.where(there_for(model, user))\n",
        "    return stmt\n",
        ("tests/house/test_access_matrix.py",),
    ),
    Fault(
        "an area reaches as far as the district next door",
        "pairing/accounts/queries.py",
        "return column.startswith(user.scope_code, autoescape=True)",
        "return column.startswith(user.scope_code[:4], autoescape=True)",
        ("tests/house/test_access_matrix.py",),
    ),
    Fault(
        "who may not is let through",
        "pairing/accounts/access.py",
        "    if row.permission is not None and not may(current_user.role, row.permission):",
        "    if row.permission is not None and False:",
        ("tests/house/test_access_matrix.py",),
    ),
    Fault(
        "a posted community is trusted",
        "pairing/accounts/services/people.py",
        "    if by and by.role in STAFF and not is_within(area_code, by.scope_code):",
        "    if False:",
        ("tests/house/test_hostile_deeds.py",),
    ),
    Fault(
        "a note is believed to be safe",
        "templates/households/file.html",
        '(_("备注"), household.note)',
        '(_("备注"), household.note|safe)',
        ("tests/attack/test_markup.py",),
    ),
    Fault(
        "a pledge is not locked",
        "pairing/funds/services.py",
        ".with_for_update(key_share=True)",
        "",
        ("tests/funds/test_last_money.py",),
    ),
    Fault(
        "SQLite takes its lock too late",
        "pairing/db.py",
        '"BEGIN IMMEDIATE" if writes else "BEGIN"',
        '"BEGIN"',
        ("tests/funds/test_last_money.py",),
    ),
    Fault(
        "mails are marked before they are sent",
        "pairing/outbox/services/delivery.py",
        "        message.lease_until = now + rules.LEASE",
        "        message.status, message.sent_at = MessageStatus.SENT, now",
        ("tests/outbox/test_delivery.py", "tests/scheduler/test_mail.py"),
    ),
    Fault(
        "a household need not agree to a volunteer",
        "pairing/review/services/people.py",
        "    if proposal.consent_at is None:",
        "    if False:",
        ("tests/review/test_confirm_proposal.py",),
    ),
    Fault(
        "a consent that was taken back still counts",
        "pairing/review/services/people.py",
        "    if not has_consent(session, household_id, Purpose.PAIRING, clock.local(now).date()):",
        "    if False:",
        ("tests/review/test_confirm_proposal.py", "tests/consents"),
    ),
    Fault(
        "who is not active is paired",
        "pairing/pairings/services.py",
        "    if volunteer.status is not VolunteerStatus.ACTIVE:",
        "    if False:",
        ("tests/pairings/test_start_pairing.py",),
    ),
    Fault(
        "a place is given twice",
        "pairing/pairings/services.py",
        "    if taken >= household.visitors_wanted:",
        "    if taken > household.visitors_wanted:",
        ("tests/pairings/test_start_pairing.py",),
    ),
    Fault(
        "a company is asked twice for one need",
        "pairing/matching/services/proposing_money.py",
        "    if (pledge.id, need.id) in bonds.asked:",
        "    if False:",
        ("tests/attack/test_asked_once.py",),
    ),
    Fault(
        "an address lies open in the database",
        "pairing/households/models.py",
        'mapped_column(Sealed("household.address"))',
        "mapped_column(Text)",
        ("tests/privacy/test_sealed.py", "tests/retention/test_households.py"),
    ),
    Fault(
        "an identity number is shown whole",
        "pairing/privacy/masking.py",
        "def mask_identity(",
        "def mask_identity(number: str) -> str:\n    return number\n\n\ndef _unused(",
        ("tests/privacy/test_masking.py", "tests/households/test_file_pages.py"),
    ),
    Fault(
        "a code works twice",
        "pairing/accounts/services/factors.py",
        "        is_fresh = last is None or step > last",
        "        is_fresh = True",
        ("tests/accounts/test_factor.py",),
    ),
    Fault(
        "nobody is locked out",
        "pairing/accounts/services/failures.py",
        "    return counter.locked_until is not None and counter.locked_until > now",
        "    return False",
        ("tests/accounts/test_sign_in.py",),
    ),
    Fault(
        "signing out ends nothing",
        "pairing/accounts/services/sessions.py",
        "    end_session(row, EndReason.SIGNED_OUT, now)\n",
        "",
        ("tests/accounts/test_sessions.py",),
    ),
    Fault(
        "five letters are a password",
        "pairing/values/passwords.py",
        "ALONE = 15",
        "ALONE = 5",
        ("tests/accounts", "tests/values"),
    ),
    Fault(
        "entries of the trail are not sealed",
        "pairing/audit/services/chain.py",
        "        if count:",
        "        if not count:",
        ("tests/audit/test_chain.py",),
    ),
    Fault(
        "a key takes any form",
        "pairing/submissions/services.py",
        "    if first and first.digest != digest:",
        "    if False:",
        ("tests/submissions/test_once.py",),
    ),
    Fault(
        "forms need no token",
        "pairing/web/__init__.py",
        "    CSRFProtect(app)",
        '    CSRFProtect(app)\n    app.config["WTF_CSRF_ENABLED"] = False',
        ("tests/house/test_access_matrix.py",),
    ),
    Fault(
        "the way back leads anywhere",
        "pairing/web/preferences.py",
        "    return text if all(_stays_here(reading) for reading in readings) else otherwise",
        "    return text or otherwise or str(readings)",
        ("tests/web/test_preferences.py", "tests/accounts/test_sign_in.py"),
    ),
    Fault(
        "a cell may be a formula",
        "pairing/workbooks/inert.py",
        'return f"\'{text}" if _is_risky(text) else text',
        "return text",
        ("tests/workbooks/test_writing.py", "tests/exports/test_no_live_cell.py"),
    ),
    Fault(
        "a photo keeps what the camera wrote",
        "pairing/files/rules/pictures.py",
        'picture.save(packed, "JPEG", quality=quality, optimize=True)',
        'picture.save(packed, "JPEG", quality=quality, optimize=True, exif=picture.getexif())',
        ("tests/files/test_hostile_files.py",),
    ),
    Fault(
        "a workbook may have any number of cells",
        "pairing/workbooks/scan.py",
        "MOST_CELLS = 200_000",
        "MOST_CELLS = 200_000_000",
        ("tests/workbooks/test_refusals.py",),
    ),
    Fault(
        "nothing is ever past its time",
        "pairing/retention/rules.py",
        "    return max(rule.least, settings.get(rule.code, rule.days))",
        "    return 10 * max(rule.least, settings.get(rule.code, rule.days))",
        ("tests/retention/test_runs.py",),
    ),
    Fault(
        "anybody fetches an export",
        "pairing/exports/queries/own.py",
        "select(Export).where(Export.owner_id == by.id, in_area(Export.area_code, by))",
        "select(Export).where(in_area(Export.area_code, by))",
        ("tests/exports/test_jobs.py", "tests/exports/test_pages.py"),
    ),
    Fault(
        "PostgreSQL shows every household",
        "migrations/versions/0009_row_level_security.py",
        "\"household\": f\"{AREA} OR {among('id', 'own_homes')}\",",
        '"household": "true",',
        ("tests/scope/test_row_level_security.py",),
    ),
    Fault(
        "nobody is ever too fast",
        "pairing/throttle/services.py",
        "    return bool(hits and hits > limit.hits * factor)",
        "    return bool(hits and hits < 0)",
        ("tests/throttle/test_limits.py",),
    ),
    Fault(
        "a restored copy sends",
        "pairing/outbox/services/releasing.py",
        "    return row.marker == place.marker and row.batches >= place.batches",
        "    return bool(row.marker or place.marker)",
        ("tests/outbox/test_releasing.py",),
    ),
    Fault(
        "a deed that met another is not tried again",
        "pairing/submissions/access.py",
        "TRIES = 4",
        "TRIES = 1",
        ("tests/submissions/test_once.py", "tests/attack/test_deadlock.py"),
    ),
)

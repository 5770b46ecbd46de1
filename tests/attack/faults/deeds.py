"""Faults in what people decide: consent, places, money, and what two do at the same moment."""

from tests.attack.faults.fault import SERVER, Fault

CONFIRMING = "tests/review/test_confirm_proposal.py"

FAULTS = (
    Fault(
        "a household need not agree to a volunteer",
        "pairing/review/services/people.py",
        "    if proposal.consent_at is None:",
        "    if False:",
        f"{CONFIRMING}::test_confirm_refuses_without_the_consent_of_the_household",
    ),
    Fault(
        "a consent that was taken back still counts",
        "pairing/review/services/people.py",
        "    _check_consent(session, proposal.household_id, now)\n    pairing = ",
        "    pairing = ",
        f"{CONFIRMING}::test_confirm_refuses_once_the_household_has_taken_its_consent_back",
    ),
    Fault(
        "nobody need speak for a child",
        "pairing/consents/queries.py",
        "    return ~child\n",
        "    return ~child | child\n",
        "tests/consents/test_find.py::test_a_child_that_came_later_is_not_covered",
    ),
    Fault(
        "photos stay when their consent is taken back",
        "pairing/visits/queries/photos.py",
        "    if photo is None or not may_take_photos(session, visit, on):",
        "    if photo is None:",
        "tests/visits/test_photos.py::test_once_the_household_takes_its_consent_back_the_photos_are_gone",
    ),
    Fault(
        "who is not active is paired",
        "pairing/pairings/services.py",
        "    if volunteer.status is not VolunteerStatus.ACTIVE:",
        "    if False:",
        "tests/pairings/test_start_pairing.py::test_start_refuses_a_volunteer_who_cannot_be_asked",
    ),
    Fault(
        "a place is given twice",
        "pairing/pairings/services.py",
        "    if taken >= household.visitors_wanted:",
        "    if taken > household.visitors_wanted:",
        "tests/pairings/test_start_pairing.py::test_start_refuses_a_household_with_its_visitors",
    ),
    Fault(
        "the household is not locked for its last place",
        "pairing/pairings/services.py",
        "    session.refresh(household, with_for_update=LOCK)",
        "    session.refresh(household)",
        "tests/pairings/test_last_place.py::test_the_last_place_is_taken_once",
        SERVER,
    ),
    Fault(
        "a pledge is not locked",
        "pairing/funds/services.py",
        ".with_for_update(key_share=True)",
        "",
        "tests/funds/test_last_money.py::test_fifty_reservations_of_a_tenth_spend_the_pledge_exactly",
        SERVER,
    ),
    Fault(
        "SQLite takes its lock too late",
        "pairing/db.py",
        '"BEGIN IMMEDIATE" if writes else "BEGIN"',
        '"BEGIN"',
        "tests/funds/test_last_money.py::test_fifty_reservations_of_a_tenth_spend_the_pledge_exactly",
    ),
    Fault(
        "the slower of two overwrites the other",
        "pairing/households/services.py",
        "    if household.version != version:",
        "    if False:",
        "tests/households/test_change.py::test_the_slower_of_two_is_refused",
    ),
    Fault(
        "a company is asked twice for one need",
        "pairing/matching/services/proposing_money.py",
        "    if (pledge.id, need.id) in bonds.asked:",
        "    if False:",
        "tests/attack/test_asked_once.py::test_a_second_run_skips_what_a_company_is_being_asked",
    ),
    Fault(
        "a key takes any form",
        "pairing/submissions/services.py",
        "    if first and first.digest != digest:",
        "    if False:",
        "tests/submissions/test_once.py::test_the_same_key_with_another_body_is_refused",
    ),
    Fault(
        "a refused form keeps what it wrote",
        "pairing/submissions/access.py",
        "            raise _NotDoneError(answer)",
        "            return answer",
        "tests/submissions/test_once.py::test_a_refused_form_may_be_corrected_and_sent_again",
    ),
    Fault(
        "a deed that met another is not tried again",
        "pairing/submissions/access.py",
        "TRIES = 4",
        "TRIES = 1",
        "tests/submissions/test_once.py::test_a_deed_that_met_another_is_tried_again",
        SERVER,
    ),
    Fault(
        "mails are marked before they are sent",
        "pairing/outbox/services/delivery.py",
        "        message.lease_until = now + rules.LEASE",
        "        message.status, message.sent_at = MessageStatus.SENT, now",
        "tests/outbox/test_delivery.py::test_a_claimed_mail_is_nobody_elses_until_its_lease_ends",
    ),
    Fault(
        "a restored copy sends",
        "pairing/outbox/services/releasing.py",
        "    return row.marker == place.marker and row.batches >= place.batches",
        "    return True",
        "tests/outbox/test_releasing.py::test_a_restored_copy_sends_nothing_before_it_is_released",
    ),
)

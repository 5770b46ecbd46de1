"""Makers of test objects: each row is sound as it comes, and a test says only what matters to it.

They add to the session of the current app context and flush, so ids are there. Numbers and names
are new in every call. Identity numbers lie in the unassigned area 370299.
"""

from tests.support.makers.deeds import (
    make_consent,
    make_grant,
    make_message,
    make_pairing,
    make_plan,
    make_proposal,
    make_reminder,
    make_report,
    make_request,
    make_reservation,
    make_run,
    make_visit,
)
from tests.support.makers.numbers import identity_number, phone_number, uscc
from tests.support.makers.people import (
    PASSWORD,
    make_company_user,
    make_staff,
    make_user,
    make_volunteer_user,
)
from tests.support.makers.registers import (
    make_enterprise,
    make_household,
    make_member,
    make_need,
    make_pledge,
    make_volunteer,
)
from tests.support.makers.saving import DISTRICT, HOME, MONDAY, NEARBY, NOW, OUTSIDE, STREET

__all__ = [
    "DISTRICT",
    "HOME",
    "MONDAY",
    "NEARBY",
    "NOW",
    "OUTSIDE",
    "PASSWORD",
    "STREET",
    "identity_number",
    "make_company_user",
    "make_consent",
    "make_enterprise",
    "make_grant",
    "make_household",
    "make_member",
    "make_message",
    "make_need",
    "make_pairing",
    "make_plan",
    "make_pledge",
    "make_proposal",
    "make_reminder",
    "make_report",
    "make_request",
    "make_reservation",
    "make_run",
    "make_staff",
    "make_user",
    "make_visit",
    "make_volunteer",
    "make_volunteer_user",
    "phone_number",
    "uscc",
]

"""A household with a child, and what it may say."""

from datetime import date
from typing import Any

from pairing.consents import services
from pairing.consents.models import Consent
from pairing.consents.rules import GivenHow, Purpose
from pairing.consents.services import ConsentValues, GuardianValues
from pairing.households.models import Household, Member
from tests.support.makers import MONDAY, NOW, identity_number, make_household, make_member, make_staff

SCHOOL_CHILD = date(2016, 5, 1)


def with_child(birth_on: date = SCHOOL_CHILD, **given: Any) -> tuple[Household, Member]:
    """Make a household of a head and a child."""
    household = make_household(**given)
    child = make_member(household, identity_number(birth_on), name="王小禾", relation="孙女")
    return household, child


def head_of(household: Household) -> Member:
    """Return the head."""
    return next(member for member in household.members if member.is_head)


def spoken_for(child: Member, name: str = "李桂香") -> tuple[GuardianValues, ...]:
    """Return a guardian's word for a child."""
    return (GuardianValues(child.id, name, "祖母"),)


def yes(household: Household, **given: Any) -> ConsentValues:
    """Return a yes of the head, on paper, today."""
    known = {"given_on": MONDAY, "given_how": GivenHow.PAPER, "giver_id": head_of(household).id}
    return ConsentValues(**known | given)


def give(session: Any, household: Household, purpose: Purpose = Purpose.PAIRING, **given: Any) -> Consent:
    """Write a yes down."""
    values = yes(household, **given)
    return services.give_consent(session, household, purpose, values, make_staff(), NOW)

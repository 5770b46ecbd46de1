"""What the tests of households type and register."""

from typing import Any

from pairing.households.models import Category, NeedType
from pairing.households.services import HouseholdValues, MemberValues, NeedValues
from tests.support.makers import HOME, MONDAY, identity_number


def values(**given: Any) -> HouseholdValues:
    """Return a sound household with one member and two needs."""
    known = {
        "area_code": HOME,
        "head_name": "单天方",
        "head_identity": identity_number(),
        "category": Category.DIBAO,
        "registered_on": MONDAY,
        "phone": "+8610000000001",
        "address": "台西三路6号",
        "members": (MemberValues("单小方", "孙子", identity_number()),),
        "needs": (NeedValues(NeedType.MEDICAL, 500_000), NeedValues(NeedType.COMPANIONSHIP)),
    }
    return HouseholdValues(**known | given)


def typed(**given: Any) -> dict[str, Any]:
    """Return what a community worker types into an empty form."""
    known = {
        "area_code": HOME,
        "head_name": "华 明珍",
        "head_identity": identity_number(),
        "category": "tekun",
        "registered_on": "2026年11月20日",
        "phone": "１００ 0000 0002",
        "needs-0-wanted": "y",
        "needs-0-amount": "2万元",
        "half_days": ["1", "17"],
    }
    return known | given

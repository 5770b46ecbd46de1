"""What stands in the registers: households, volunteers, companies."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from pairing.enterprises.models import Enterprise, EnterpriseStatus, Pledge, PledgeStatus
from pairing.households.models import (
    Category,
    Household,
    HouseholdStatus,
    Member,
    Need,
    NeedStatus,
    NeedType,
    Urgency,
)
from pairing.privacy.keys import blind_index
from pairing.privacy.pinyin import search_keys
from pairing.values import half_days, identity
from pairing.values.people import Gender
from pairing.volunteers.models import Skill, Volunteer, VolunteerSkill, VolunteerStatus
from tests.support.makers.numbers import identity_number, phone_number, uscc
from tests.support.makers.saving import DISTRICT, HOME, MONDAY, NOW, numbers, save

REGISTERED = {"registered_on": MONDAY, "created_at": NOW, "updated_at": NOW}


def make_household(head_name: str = "王秀英", needs: Iterable[NeedType] = (), **given: Any) -> Household:
    """Make an open household with its head; *needs* are needs without money."""
    phone = phone_number()
    known = {
        "file_no": f"T{next(numbers):06d}",
        "area_code": HOME,
        "status": HouseholdStatus.OPEN,
        "head_pinyin": search_keys(head_name),
        "category": Category.DIBAO,
        "urgency": Urgency.YELLOW,
        "member_count": 1,
        "address": "台西三路6号2单元301户",
        "phone": phone,
        "phone_index": blind_index("phone", phone),
    }
    household = save(Household(head_name=head_name, **known | REGISTERED | given))
    make_member(household, is_head=True, name=head_name, relation="户主")
    for need_type in needs:
        make_need(household, need_type)
    return household


def make_member(household: Household, number: str = "", **given: Any) -> Member:
    """Make a person who lives in *household*; birth date and gender are those of the identity number."""
    number = number or identity_number()
    known = {
        "is_head": False,
        "name": "李小明",
        "relation": "孙子",
        "identity_number": number,
        "identity_index": blind_index("identity", number),
        "birth_on": identity.birth_date(number),
        "gender": identity.gender(number),
    }
    member = Member(**known | given)
    household.members.append(member)
    return save(member)


def make_need(
    household: Household, need_type: NeedType = NeedType.MEDICAL, amount_fen: int | None = None, **given: Any
) -> Need:
    """Make an open need; with *amount_fen* it asks for money."""
    known = {"status": NeedStatus.OPEN, "created_at": NOW}
    need = Need(need_type=need_type, amount_fen=amount_fen, **known | given)
    household.needs.append(need)
    return save(need)


def make_volunteer(
    name: str = "陈建国",
    skills: Iterable[Skill] = (Skill.COMPANIONSHIP,),
    gender: Gender = Gender.FEMALE,
    birth_on: date = date(1990, 5, 1),
    **given: Any,
) -> Volunteer:
    """Make a volunteer who can be asked, free at any half-day."""
    number, phone = identity_number(birth_on, gender is Gender.FEMALE), phone_number()
    known = {
        "area_code": HOME,
        "status": VolunteerStatus.ACTIVE,
        "name_pinyin": search_keys(name),
        "identity_number": number,
        "identity_index": blind_index("identity", number),
        "phone": phone,
        "phone_index": blind_index("phone", phone),
        "half_days": half_days.ALL,
        "skills": [VolunteerSkill(skill=skill) for skill in skills],
    }
    return save(Volunteer(name=name, gender=gender, birth_on=birth_on, **known | REGISTERED | given))


def make_enterprise(name: str = "青岛海风食品有限公司", **given: Any) -> Enterprise:
    """Make a company that was approved."""
    phone = phone_number()
    known = {
        "area_code": DISTRICT,
        "status": EnterpriseStatus.ACTIVE,
        "name_pinyin": search_keys(name),
        "uscc": uscc(),
        "contact_name": "赵敏",
        "contact_phone": phone,
        "contact_phone_index": blind_index("phone", phone),
    }
    return save(Enterprise(name=name, **known | REGISTERED | given))


def make_pledge(enterprise: Enterprise | None = None, amount_fen: int = 1_000_000, **given: Any) -> Pledge:
    """Make a pledge without conditions, by default of ten thousand yuan and of a new company."""
    enterprise = enterprise or make_enterprise()
    known = {"area_code": DISTRICT, "status": PledgeStatus.ACTIVE, "created_at": NOW}
    pledge = Pledge(amount_fen=amount_fen, **known | given)
    enterprise.pledges.append(pledge)
    return save(pledge)

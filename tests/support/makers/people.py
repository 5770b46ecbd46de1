"""People who sign in."""

from functools import cache
from typing import Any

from pairing.accounts.models import AccountStatus, User
from pairing.accounts.rules import DEMO_SECRET, NEEDS_FACTOR, Role
from pairing.accounts.services import hasher
from tests.support.makers.registers import make_enterprise, make_volunteer
from tests.support.makers.saving import DISTRICT, HOME, NOW, numbers, save

PASSWORD = "一句容易记住而且够长的密码话"  # of every made user


@cache
def _password_hash() -> str:
    return hasher.hash(PASSWORD)


def make_user(role: Role = Role.COMMUNITY_WORKER, scope_code: str = HOME, **given: Any) -> User:
    """Make an account of any role that signs in with `PASSWORD`, staff with a code besides."""
    number = next(numbers)
    known = {
        "sign_in_name": f"user{number}",
        "display_name": f"用户{number}",
        "email": f"user{number}@example.com",
        "status": AccountStatus.ACTIVE,
        "password_hash": _password_hash(),
        "totp_secret": DEMO_SECRET if role in NEEDS_FACTOR else None,
        "created_at": NOW,
    }
    return save(User(role=role, scope_code=scope_code, **known | given))


def make_staff(scope_code: str = DISTRICT, **given: Any) -> User:
    """Make a member of staff; the length of *scope_code* tells the role."""
    role = {6: Role.DISTRICT_ADMIN, 9: Role.STREET_OFFICER, 12: Role.COMMUNITY_WORKER}[len(scope_code)]
    return make_user(role, scope_code, **given)


def make_volunteer_user(area_code: str = HOME, **given: Any) -> tuple[User, Any]:
    """Make a volunteer with an account; return both."""
    user = make_user(Role.VOLUNTEER, area_code)
    return user, make_volunteer(user_id=user.id, area_code=area_code, **given)


def make_company_user(area_code: str = DISTRICT, **given: Any) -> tuple[User, Any]:
    """Make a company with an account; return both."""
    user = make_user(Role.COMPANY, area_code)
    return user, make_enterprise(user_id=user.id, area_code=area_code, **given)

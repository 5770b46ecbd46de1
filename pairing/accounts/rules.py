"""Who may do what."""

from datetime import timedelta
from enum import StrEnum

from pairing.wording import Labelled, _


class Role(Labelled):
    """What a person is here; rights follow from it (`accounts.access`)."""

    COMPANY = "company", _("爱心企业")
    VOLUNTEER = "volunteer", _("志愿者")
    COMMUNITY_WORKER = "community_worker", _("社区工作者")
    STREET_OFFICER = "street_officer", _("街道工作人员")
    DISTRICT_ADMIN = "district_admin", _("区管理员")
    AUDITOR = "auditor", _("审计员")


STAFF = frozenset({Role.COMMUNITY_WORKER, Role.STREET_OFFICER, Role.DISTRICT_ADMIN})


class RevealReason(Labelled):
    """Why somebody looks at what is masked; kept in the trail."""

    CONTACT = "contact", _("联系本人")
    VERIFY = "verify", _("核对信息")
    VISIT = "visit", _("安排走访")
    COMPLAINT = "complaint", _("处理反映的问题")


class Permission(StrEnum):
    """A deed, or a family of pages, that a role may be allowed."""

    VIEW_REGISTERS = "view_registers"  # households, volunteers, companies of the scope
    EDIT_REGISTERS = "edit_registers"
    IMPORT_ROSTERS = "import_rosters"
    APPROVE_ACCOUNTS = "approve_accounts"
    RUN_MATCHING = "run_matching"
    DECIDE_PROPOSALS = "decide_proposals"
    MANAGE_VISITS = "manage_visits"
    MANAGE_STAFF = "manage_staff"
    VIEW_TRAIL = "view_trail"
    ANSWER_REQUESTS = "answer_requests"  # of people about their own data
    KEEP_OFFICE = "keep_office"  # the calendar of working days, how long things are kept
    EXPORT_LISTS = "export_lists"  # masked; which lists, each list says
    EXPORT_PERSONAL = "export_personal"  # unmasked, with a stronger reason
    ACT_AS_VOLUNTEER = "act_as_volunteer"
    ACT_AS_COMPANY = "act_as_company"
    SIGNED_IN = "signed_in"  # own account, inbox, home


_WORK = {
    Permission.VIEW_REGISTERS,
    Permission.EDIT_REGISTERS,
    Permission.IMPORT_ROSTERS,
    Permission.APPROVE_ACCOUNTS,
    Permission.RUN_MATCHING,
    Permission.DECIDE_PROPOSALS,
    Permission.MANAGE_VISITS,
    Permission.ANSWER_REQUESTS,
    Permission.EXPORT_LISTS,
    Permission.EXPORT_PERSONAL,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.COMPANY: frozenset({Permission.SIGNED_IN, Permission.ACT_AS_COMPANY}),
    Role.VOLUNTEER: frozenset({Permission.SIGNED_IN, Permission.ACT_AS_VOLUNTEER}),
    Role.COMMUNITY_WORKER: frozenset({Permission.SIGNED_IN, *_WORK}),
    Role.STREET_OFFICER: frozenset({Permission.SIGNED_IN, *_WORK}),
    Role.DISTRICT_ADMIN: frozenset(
        {Permission.SIGNED_IN, *_WORK, Permission.MANAGE_STAFF, Permission.KEEP_OFFICE}
    ),
    Role.AUDITOR: frozenset({Permission.SIGNED_IN, Permission.VIEW_TRAIL, Permission.EXPORT_LISTS}),
}

NEEDS_FACTOR = STAFF | {Role.AUDITOR}  # who signs in with a code besides the password
LOCK_AFTER = 5  # failures in a row, of a name's password or of a person's code
LOCK_MINUTES = 15
RECOVERY_CODES = 10
DEMO_SECRET = "PAIRINGDEMO22222222222222222222"  # noqa: S105 - of the invented staff; its codes are shown in the demo

PENDING_FOR = timedelta(minutes=10)  # between the password and the code
IDLE_FOR = timedelta(minutes=30)
SESSION_FOR = timedelta(hours=8)
SEEN_EVERY = timedelta(minutes=1)  # so often a session's last use is written at most
INVITATION_FOR = timedelta(hours=24)
KEEP_ENDED = timedelta(days=7)  # ended sign-ins and old invitations, for questions

SCOPE_LENGTHS = {  # digits of the area that a member of staff may be given
    Role.COMMUNITY_WORKER: (12,),
    Role.STREET_OFFICER: (9,),
    Role.DISTRICT_ADMIN: (6,),
    Role.AUDITOR: (6, 9),
}


def scope_fits(role: Role, area_code: str) -> bool:
    """Whether a person of *role* may be given the area *area_code*."""
    return len(area_code) in SCOPE_LENGTHS.get(role, (12, 9, 6))


def knows_by_duty(role: Role) -> bool:
    """Whether people of *role* know the people of their own place anyway; others see them masked."""
    return role is Role.COMMUNITY_WORKER


def may(role: Role, permission: Permission) -> bool:
    """Whether people of *role* have *permission*."""
    return permission in ROLE_PERMISSIONS[role]

"""What every page shows around its own matter: the way to the others."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from pairing.accounts.rules import Permission, may
from pairing.db import current_session
from pairing.outbox.queries import count_unread

BELONGS = {"review.show_pledge": "enterprises.list_my_pledges"}  # a page that its reader looks for elsewhere


@dataclass(frozen=True)
class NavItem:
    """One entry of the navigation: left on a desk, at the bottom of a phone where *phone* is set."""

    label: str
    endpoint: str
    icon: str
    active: bool
    phone: bool


def _entries() -> list[tuple[Permission, str, str, str, bool]]:
    return [
        (Permission.SIGNED_IN, "insight.show_home", _("待办"), "house", True),
        (Permission.VIEW_REGISTERS, "households.list_households", _("家庭"), "people", True),
        (Permission.VIEW_REGISTERS, "volunteers.list_volunteers", _("志愿者"), "person-heart", False),
        (Permission.VIEW_REGISTERS, "enterprises.list_enterprises", _("企业"), "building", False),
        (Permission.DECIDE_PROPOSALS, "review.list_proposals", _("结对"), "link-45deg", True),
        (Permission.RUN_MATCHING, "matching.list_runs", _("匹配"), "diagram-3", False),
        (Permission.MANAGE_VISITS, "visits.list_visits", _("走访"), "calendar-check", True),
        (Permission.EXPORT_LISTS, "exports.list_exports", _("我的导出"), "download", False),
        (Permission.IMPORT_ROSTERS, "rosters.list_imports", _("导入"), "file-earmark-arrow-up", False),
        (Permission.MANAGE_STAFF, "accounts.list_users", _("账号"), "person-gear", False),
        (Permission.ACT_AS_VOLUNTEER, "matching.list_my_proposals", _("结对"), "link-45deg", True),
        (Permission.ACT_AS_VOLUNTEER, "visits.list_my_visits", _("走访"), "calendar-check", True),
        (Permission.ACT_AS_VOLUNTEER, "volunteers.show_me", _("我的"), "person-circle", True),
        (Permission.ACT_AS_COMPANY, "enterprises.list_my_pledges", _("认捐"), "piggy-bank", True),
        (Permission.ACT_AS_COMPANY, "matching.list_my_grants", _("资金建议"), "clipboard-check", True),
        (Permission.ACT_AS_COMPANY, "enterprises.show_me", _("企业"), "building", True),
        (Permission.VIEW_TRAIL, "insight.list_trail", _("操作记录"), "clock-history", True),
    ]


def navigation() -> list[NavItem]:
    """Return the entries that the signed-in person may use."""
    if not current_user.is_authenticated:
        return []
    entries = [entry for entry in _entries() if may(current_user.role, entry[0])]
    here = _here([endpoint for _permission, endpoint, *_rest in entries])
    return [
        NavItem(label, endpoint, icon, endpoint == here, phone)
        for _permission, endpoint, label, icon, phone in entries
    ]


def _here(endpoints: list[str]) -> str | None:
    """Return the entry we are in: the page itself, else the first page of the same feature."""
    page = BELONGS.get(request.endpoint or "", request.endpoint or "")
    family = [endpoint for endpoint in endpoints if endpoint.split(".")[0] == page.split(".")[0]]
    return page if page in endpoints else family[0] if family else None


def page_context() -> dict[str, Any]:
    """Return what the layout needs on every page."""
    settings = current_app.config["PAIRING"]
    unread = count_unread(current_session(), current_user.id) if current_user.is_authenticated else 0
    return {
        "demo_mode": settings.demo,
        "sign_in_url": url_for("accounts.sign_in"),
        "sign_out_url": url_for("accounts.sign_out"),
        "account_url": url_for("accounts.show_account"),
        "inbox_url": url_for("inbox.list_messages"),
        "district_name": settings.district_name,
        "navigation": navigation(),
        "unread_count": unread,
    }

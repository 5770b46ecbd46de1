"""Every page that has a form, opened by the person whom it is for."""

from base64 import b64encode
from datetime import timedelta
from typing import Any
from urllib.parse import urldefrag, urljoin

from bs4 import Tag

from pairing import clock
from pairing.accounts.models import AccountStatus, User
from pairing.accounts.rules import Role
from pairing.accounts.services import invite
from pairing.db import db
from pairing.enterprises.models import EnterpriseStatus
from pairing.exports.models import Export, ExportStatus
from pairing.exports.rules import ExportFormat, ExportReason
from pairing.households.models import NeedType
from pairing.matching.models import GrantStatus, ProposalStatus, RunKind, RunPair
from pairing.outbox.models import Channel, MessageStatus
from pairing.rosters.models import RosterKind
from pairing.rosters.services import start_import
from pairing.rosters.services.sheets import blank_roster
from pairing.subject_requests.models import About, RequestChannel, RequestKind
from pairing.subject_requests.services import RequestValues, receive_request
from pairing.visits.models import VisitStatus
from pairing.volunteers.models import VolunteerStatus
from tests.support import makers
from tests.support.makers.saving import save
from tests.support.pages import Page
from tests.support.reader import Reader

FORMS = {
    "staff": (
        "/accounts/new", "/accounts/me", "/accounts/me/email", "/accounts/me/password",
        "/accounts/me/second-factor", "/accounts/me/second-factor/new", "/accounts/me/sessions",
        "/accounts/{colleague}", "/accounts/{disabled}", "/accounts?group=staff",
        "/consents/{household}/pairing/new", "/consents/{child_home}/photo/new", "/consents/{child_home}",
        "/enterprises/new", "/enterprises/{enterprise}", "/enterprises/{enterprise}/edit",
        "/enterprises/{enterprise}/pledges/new", "/enterprises/{applicant}", "/exports",
        "/exports/new?kind=households", "/households", "/households/new", "/households/{household}",
        "/households/{household}/edit", "/inbox", "/inbox/deliveries", "/matching/new", "/matching/{run}",
        "/review?tab=ready", "/review/grants?tab=ready", "/review/grants/{grant}",
        "/review/grants/{asked_grant}", "/review/grants/{ready_grant}", "/review/proposals/{asked}",
        "/review/households/{child_home}/close", "/review/households/{child_home}/pairing/withdraw",
        "/review/pairings/{pairing}", "/review/proposals/{proposal}", "/review/proposals/{accepted}",
        "/review/proposals/{agreed}", "/rosters", "/rosters/{import}", "/subject-requests/{request}",
        "/subject-requests/{deletion}", "/subject-requests/household/{household}/new",
        "/visits/new/{household}", "/visits/{visit}", "/visits/{visit}/report", "/volunteers",
        "/volunteers/new", "/volunteers/{volunteer}", "/volunteers/{volunteer}/edit",
        "/volunteers/{newcomer}", "/workdays",
    ),
    "volunteer": (
        "/accounts/me/second-factor", "/matching/mine/{proposal}", "/my-data", "/visits/mine/{visit}",
        "/visits/mine/{signed_up}", "/visits/mine/{visit}/report", "/visits/open?when=all", "/volunteers/me",
        "/volunteers/me/edit", "/inbox",
    ),
    "company": (
        "/enterprises/me/edit", "/enterprises/pledges", "/enterprises/pledges/new", "/matching/grants/mine",
        "/matching/grants/{grant}",
    ),
    "nobody": ("/volunteers/registration", "/enterprises/registration", "/accounts/sign-in"),
    "invited": ("/accounts/invitation",),
    "at the door": ("/accounts/sign-in/code",),
    "without factor": ("/accounts/sign-in/authenticator",),
}  # fmt: skip
PAGES = [(who, page) for who, pages in FORMS.items() for page in pages]


class FormWorld:
    """One of everything that has a form, and one person of every kind."""

    def __init__(self, app: Any) -> None:
        self.app = app
        user, volunteer = makers.make_volunteer_user()
        company_user, company = makers.make_company_user(makers.HOME)
        staff = makers.make_staff(makers.DISTRICT)
        self.people: dict[str, User | None] = {"staff": staff, "volunteer": user, "company": company_user}
        self.ids = _registers(volunteer, company) | _deeds(volunteer, company, staff) | _papers(staff)

    def visit(self, who: str, page: str) -> Page:
        """Open a page of FORMS as the right person."""
        reader = Reader(self.app)
        if self.people.get(who):
            reader.sign_in(self.people[who])
        elif who == "invited":
            self._follow_invitation(reader)
        elif who != "nobody":
            self._stop_at_the_door(reader, who)
        return reader.get(page.format(**self.ids))

    def _follow_invitation(self, reader: Reader) -> None:
        user = makers.make_user(Role.COMMUNITY_WORKER, makers.HOME, totp_secret=None)
        token = invite(db.session(), user, self.people["staff"], False, clock.now())
        assert reader.fetch("GET", f"/accounts/invitations/{token}").status_code == 303

    def _stop_at_the_door(self, reader: Reader, who: str) -> None:
        given = {"totp_secret": None} if who == "without factor" else {}
        user = makers.make_user(Role.COMMUNITY_WORKER, makers.HOME, **given)
        typed = {"sign_in_name": user.sign_in_name, "password": makers.PASSWORD}
        reader.get("/accounts/sign-in").submit(typed, form="main form")


def forms_of(page: Page, inside: str = "") -> list[tuple[str, Tag]]:
    """Return every form of a page that writes, with each address to which one of its buttons sends it."""
    found = []
    for form in page.select(f"{inside} form[method=post]"):
        own = page.select(f"[form={form['id']}][formaction]") if form.get("id") else []
        buttons = form.select("[formaction]") + own
        actions = [form.get("action") or page.path, *(button["formaction"] for button in buttons)]
        found += [(urldefrag(urljoin(page.path, str(action))).url, form) for action in actions]
    return found


def _registers(volunteer: Any, company: Any) -> dict[str, int]:
    household, home = makers.make_household(needs=[NeedType.CARE]), makers.make_household()
    makers.make_member(household)
    child = makers.make_member(home, makers.identity_number(clock.today() - timedelta(days=2000)))
    makers.make_consent(home)
    applicant = makers.make_user(Role.COMPANY, makers.HOME, status=AccountStatus.PENDING)
    newcomer = makers.make_user(Role.VOLUNTEER, makers.HOME, status=AccountStatus.PENDING)
    made = {
        "household": household,
        "child_home": home,
        "child": child,
        "volunteer": volunteer,
        "enterprise": company,
        "applicant": makers.make_enterprise(user_id=applicant.id, status=EnterpriseStatus.PENDING),
        "newcomer": makers.make_volunteer(user_id=newcomer.id, status=VolunteerStatus.PENDING),
        "colleague": makers.make_staff(makers.HOME),
        "disabled": makers.make_staff(makers.HOME, status=AccountStatus.DISABLED),
    }
    return {name: row.id for name, row in made.items()}


def _deeds(volunteer: Any, company: Any, staff: User) -> dict[str, int]:
    agreed = {"status": ProposalStatus.ACCEPTED, "answered_at": makers.NOW}
    consented = makers.make_household()
    makers.make_consent(consented)
    pledge = makers.make_pledge(company)
    need = makers.make_need(makers.make_household(), amount_fen=100_000)
    pairing = makers.make_pairing(makers.make_household(), volunteer)
    outside = {"pairing_id": None}
    makers.make_visit(pairing, **outside, volunteer_id=None, status=VisitStatus.OPEN)
    makers.make_message(staff, channel=Channel.INBOX, status=MessageStatus.SENT)
    makers.make_message(staff, status=MessageStatus.PARKED)
    made = {
        "pairing": pairing,
        "pledge": pledge,
        "grant": makers.make_grant(need, pledge),
        "asked_grant": makers.make_grant(),
        "asked": makers.make_proposal(),
        "ready_grant": makers.make_grant(status=GrantStatus.AGREED, answered_at=makers.NOW),
        "proposal": makers.make_proposal(makers.make_household(), volunteer),
        "accepted": makers.make_proposal(consented, **agreed),
        "agreed": makers.make_proposal(consented, **agreed, consent_at=makers.NOW),
        "visit": makers.make_visit(pairing),
        "signed_up": makers.make_visit(pairing, **outside, planned_on=makers.MONDAY + timedelta(days=9)),
        "run": _previewed(consented, volunteer),
    }
    return {name: row.id for name, row in made.items()}


def _previewed(household: Any, volunteer: Any) -> Any:
    run = makers.make_run(RunKind.PEOPLE, summary={"tiers": {}})
    both = {"household_id": household.id, "volunteer_id": volunteer.id, "points": 50, "parts": {}}
    save(RunPair(run_id=run.id, household_version=1, volunteer_version=1, **both))
    return run


def _papers(staff: User) -> dict[str, int]:
    now, session = clock.now(), db.session()
    book = blank_roster(RosterKind.VOLUNTEERS, ["台西社区"])
    roster = start_import(session, RosterKind.VOLUNTEERS, "名册.xlsx", book, makers.HOME, staff, now)
    home = makers.make_household()
    wishes = [
        RequestValues(kind, RequestChannel.PHONE, clock.today())
        for kind in (RequestKind.COPY, RequestKind.DELETE)
    ]
    other = makers.make_staff(makers.HOME)  # a second person does what is asked
    asked = [receive_request(session, About.HOUSEHOLD, home, wish, other, now) for wish in wishes]
    made = {"import": save(roster), "request": asked[0], "deletion": asked[1], "export": _export(staff)}
    return {name: row.id for name, row in made.items()}


def _export(staff: User) -> Export:
    """Give a list that can be fetched."""
    known = {"filters": {}, "term": None, "is_full": False, "note": "", "content": b64encode(b"a,b").decode()}
    times = {
        "created_at": clock.now(),
        "ready_at": clock.now(),
        "expires_at": clock.now() + timedelta(days=7),
    }
    state = {"format": ExportFormat.CSV, "reason": next(iter(ExportReason)), "status": ExportStatus.READY}
    return save(
        Export(owner_id=staff.id, area_code=makers.DISTRICT, kind="households", **known | times | state)
    )

"""Two communities with the same things in them, told apart by canary words that stand in every record."""

from dataclasses import dataclass
from typing import Any

from pairing import clock
from pairing.accounts.models import User
from pairing.accounts.services import Device, start_session
from pairing.audit.models import AuditEntry
from pairing.consents.rules import Purpose
from pairing.db import db
from pairing.exports.models import Export, ExportStatus
from pairing.exports.rules import ExportFormat, ExportReason
from pairing.files.models import StoredFile
from pairing.files.rules.kinds import FileKind
from pairing.matching.models import GrantStatus, ProposalStatus, RunGrant, RunKind, RunPair
from pairing.outbox.models import MessageStatus
from pairing.rosters.models import RosterKind
from pairing.rosters.services import start_import
from pairing.rosters.services.sheets import blank_roster
from pairing.subject_requests.models import (
    About,
    RequestChannel,
    RequestKind,
    RequestStatus,
    SubjectRequest,
)
from pairing.values.phone import format_phone
from pairing.visits.models import VisitPhoto, VisitStatus
from tests.support import makers
from tests.support.makers.saving import save

OTHER_STREET = "370202004"
PLACES = {"A": makers.HOME, "B": "370202004001"}
FAMILY = {"A": "亓官", "B": "濮阳"}
PERSON = {"A": "雒青川", "B": "殳怀瑾"}
SPEAKER = {"A": "仉督明", "B": "佘赛岚"}
ROAD = {"A": "观象二路77号9单元", "B": "嫩江三路88号7单元"}
FIGURES = {"tiers": {}, "wanted_fen": 100, "covered_fen": 100, "grants": 1, "needs": 1, "households": 1}
SAMPLES = 9  # numbers that blank forms show as an example
TRADE = {"A": "鳌山卫海藻", "B": "即墨湾盐业"}


@dataclass(frozen=True)
class Side:
    """One community: an id for every argument of an address, the words that give it away, its people."""

    name: str
    area: str
    ids: dict[str, Any]
    secrets: frozenset[str]  # of the household, for staff only
    door: frozenset[str]  # of the household, for staff and for the volunteer of the pairing
    people: frozenset[str]  # of the volunteer and of who speaks for the company
    users: dict[str, User]

    def ids_for(self, endpoint: str) -> dict[str, Any]:
        """Return the ids that *endpoint* is about: an open visit to sign up for, one with a photo."""
        visit = {"visits.sign_up": "open_visit", "visits.show_photo": "seen", "visits.show_my_photo": "seen"}
        return {**self.ids, "visit_id": self.ids[visit.get(endpoint, "visit_id")]}


def make_side(name: str) -> Side:
    """Make one community with everything that an address can name."""
    area, family = PLACES[name], FAMILY[name]
    for _ in range(SAMPLES):
        makers.phone_number()
    home = makers.make_household(
        f"{family}雪梅",
        address=ROAD[name],
        file_no=f"{area[:9]}-2026-77777{'AB'.index(name)}",
        note=f"{family}家肾病透析",
        area_code=area,
    )
    member = makers.make_member(home, name=f"{family}小禾")
    need = makers.make_need(home, amount_fen=765_400, note=f"{family}家押金")
    own = {"name": PERSON[name], "note": f"{PERSON[name]}备注", "party_branch": f"{PERSON[name]}支部"}
    user, helper = makers.make_volunteer_user(area, **own)
    speaker, company = makers.make_company_user(
        area, name=f"{TRADE[name]}有限公司", contact_name=SPEAKER[name]
    )
    users = {"volunteer": user, "company": speaker, "worker": makers.make_staff(area)}
    ids = _ids(home, need, helper, company, users)
    secrets = [home.note, member.name, need.note, *(row.identity_number for row in home.members)]
    people = [helper.name, helper.identity_number, helper.note, helper.party_branch, company.contact_name]
    people += [*_spellings(helper.phone), *_spellings(company.contact_phone), user.email, speaker.email]
    door = [home.head_name, home.address, home.file_no, *_spellings(home.phone)]
    return Side(name, area, ids, *map(frozenset, (secrets, door, people)), users)


def _spellings(phone: str) -> list[str]:
    return [phone, phone.removeprefix("+86"), format_phone(phone)]


def _ids(home: Any, need: Any, helper: Any, company: Any, users: dict[str, Any]) -> dict[str, Any]:
    pairing = makers.make_pairing(home, helper)
    pledge = makers.make_pledge(company, area_code=home.area_code)
    makers.make_consent(home, Purpose.PHOTO)
    paper = _file(home.area_code, users["worker"], f"paper{home.id:027d}")
    consent = makers.make_consent(home, Purpose.PAIRING, evidence_id=paper.id)
    return {
        "household_id": home.id,
        "need_id": need.id,
        "consent_id": consent.id,
        "volunteer_id": helper.id,
        "enterprise_id": company.id,
        "about_id": company.id,  # of the first word in the address: enterprise
        "pledge_id": pledge.id,
        "pairing_id": pairing.id,
        "visit_id": makers.make_visit(pairing).id,
        "open_visit": makers.make_visit(
            pairing, pairing_id=None, volunteer_id=None, status=VisitStatus.OPEN
        ).id,
        "message_id": makers.make_message(users["volunteer"], status=MessageStatus.PARKED).id,
        "user_id": users["volunteer"].id,
        "session_id": start_session(db.session(), users["volunteer"], Device(), clock.now(), True)[1].id,
        "import_id": _import(home.area_code),
        "export_id": _export(users["worker"]).id,
        "request_id": _request(home).id,
        "entry_id": _entry(home),
        "kind": RosterKind.VOLUNTEERS.value,
        "token": "no-such-invitation",
        **_asked(home, need, helper, pledge),
        **_seen(pairing, users["volunteer"]),
    }


def _entry(home: Any) -> int:
    """Return the entry of the trail that tells how the file was made."""
    about = {"subject_type": "Household", "subject_id": str(home.id)}
    return int(db.session.query(AuditEntry.id).filter_by(**about).order_by(AuditEntry.id).limit(1).scalar())


def _asked(home: Any, need: Any, helper: Any, pledge: Any) -> dict[str, int]:
    """Make a run of people with a proposal, and a run of money with a grant."""
    run = makers.make_run(area_code=home.area_code, summary={"tiers": {}})
    money = makers.make_run(RunKind.MONEY, area_code=home.area_code, summary=FIGURES)
    save(RunPair(run_id=run.id, household_id=home.id, volunteer_id=helper.id, points=80.0, parts={},
                 household_version=1, volunteer_version=1))  # fmt: skip
    save(RunGrant(run_id=money.id, pledge_id=pledge.id, need_id=need.id, amount_fen=100, parts={}))
    open_proposal = {"status": ProposalStatus.PROPOSED, "run_id": run.id}
    makers.make_reservation(need, pledge, amount_fen=100)
    return {
        "run_id": run.id,
        "proposal_id": makers.make_proposal(home, helper, **open_proposal).id,
        "grant_id": makers.make_grant(need, pledge, status=GrantStatus.PROPOSED).id,
    }


def _seen(pairing: Any, user: User) -> dict[str, Any]:
    """Make a visit that was reported with a photo."""
    visit = makers.make_visit(pairing, planned_on=makers.MONDAY.replace(day=2), status=VisitStatus.DONE)
    report = makers.make_report(visit, user)
    photo = _file(visit.area_code, user, f"photo{visit.id:027d}")
    save(VisitPhoto(report_id=report.id, file_id=photo.id))
    return {"seen": visit.id, "photo_id": photo.public_id}


def _file(area_code: str, by: User, public_id: str) -> StoredFile:
    return save(
        StoredFile(
            public_id=public_id, kind=FileKind.JPEG, size=3, sha256="0" * 64, area_code=area_code,
            content="AAAA", created_by_id=by.id, created_at=makers.NOW,
            kept_until=clock.today().replace(year=2036),
        )
    )  # fmt: skip


def _import(area_code: str) -> int:
    book = blank_roster(RosterKind.VOLUNTEERS, ["台西社区"])
    kind, now = RosterKind.VOLUNTEERS, clock.now()
    return int(save(start_import(db.session(), kind, "名册.xlsx", book, area_code, None, now)).id)


def _export(owner: User) -> Export:
    return save(
        Export(
            owner_id=owner.id, area_code=owner.scope_code, kind="households", format=ExportFormat.XLSX,
            filters={}, is_full=False, reason=next(iter(ExportReason)), note="", status=ExportStatus.READY,
            content="AAAA", sha256="0" * 64, created_at=clock.now(), ready_at=clock.now(),
            expires_at=clock.now().replace(year=2036),
        )
    )  # fmt: skip


def _request(home: Any) -> SubjectRequest:
    return save(
        SubjectRequest(
            about=About.HOUSEHOLD, about_id=home.id, kind=RequestKind.COPY, status=RequestStatus.OPEN,
            channel=RequestChannel.PHONE, area_code=home.area_code, words=f"{home.head_name}要求查阅",
            received_on=makers.MONDAY, due_on=makers.MONDAY.replace(month=12), created_at=makers.NOW,
        )
    )  # fmt: skip

"""What a household has agreed to on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload, undefer

from pairing.consents.models import Consent, ConsentGuardian
from pairing.consents.rules import ConsentText, Purpose, find_text, last_free_birth, needs_guardian, text_on
from pairing.db import in_parts
from pairing.errors import NotFound
from pairing.files.models import StoredFile
from pairing.households.models import Household, Member
from pairing.readers import everywhere


@dataclass(frozen=True)
class PurposeState:
    """How a household stands to one purpose today."""

    purpose: Purpose
    standing: Consent | None
    text: ConsentText  # the words that are used today
    unspoken: list[str]  # names of children nobody has decided for
    past: list[Consent]  # taken back or replaced, the newest first

    @property
    def is_old_text(self) -> bool:
        """Whether the yes stands on other words than those of today."""
        return self.standing is not None and self.standing.text_version != self.text.version

    @property
    def is_good(self) -> bool:
        """Whether there is a yes that covers everybody."""
        return self.standing is not None and not self.unspoken

    @property
    def agreed_text(self) -> ConsentText | None:
        """The words that were agreed to; None before texts were kept."""
        return find_text(self.purpose, self.standing.text_version) if self.standing else None


def has_consent(session: Session, household_id: int, purpose: Purpose, on: date) -> bool:
    """Whether a household agrees on a day: not taken back, and a guardian spoke for every child."""
    return bool(with_consent(session, [household_id], purpose, on))


def with_consent(session: Session, household_ids: Iterable[int], purpose: Purpose, on: date) -> set[int]:
    """Return those of *household_ids* that agree on a day, as `has_consent` says it, in one statement."""
    agreed = select(Consent.household_id).where(Consent.purpose == purpose, holds(on), _covers(on))
    parts = in_parts(household_ids)
    with everywhere(session, "whether a household agrees, for whoever works with it"):
        found = (session.scalars(agreed.where(Consent.household_id.in_(part))) for part in parts)
        return {household_id for part in found for household_id in part}


def holds(on: date) -> ColumnElement[bool]:
    """Return the clause: given by then, neither taken back nor replaced by then."""
    kept = or_(Consent.withdrawn_on.is_(None), Consent.withdrawn_on > on)
    newest = or_(Consent.replaced_on.is_(None), Consent.replaced_on > on)
    return (Consent.given_on <= on) & kept & newest


def _covers(on: date) -> ColumnElement[bool]:
    spoken = exists().where(ConsentGuardian.consent_id == Consent.id, ConsentGuardian.member_id == Member.id)
    child = exists().where(
        Member.household_id == Consent.household_id, Member.birth_on > last_free_birth(on), ~spoken
    )
    return ~child


def consents_of(session: Session, household: Household) -> list[Consent]:
    """Return every consent of a household, the newest first."""
    found = select(Consent).where(Consent.household_id == household.id)
    newest = found.order_by(Consent.given_on.desc(), Consent.id.desc())
    return list(session.scalars(newest.options(selectinload(Consent.guardians))))


def find_standing(session: Session, household_id: int, purpose: Purpose) -> Consent | None:
    """Return the yes of a household that nobody has taken back, whoever it covers."""
    stands = Consent.withdrawn_on.is_(None), Consent.replaced_on.is_(None)
    found = select(Consent).where(Consent.household_id == household_id, Consent.purpose == purpose)
    return session.scalars(found.where(*stands)).one_or_none()


def get_standing(session: Session, household: Household, purpose: Purpose) -> Consent:
    """Return the standing yes of a household; NotFound if there is none."""
    consent = find_standing(session, household.id, purpose)
    if consent is None:
        raise NotFound
    return consent


def find_evidence(session: Session, consent: Consent) -> StoredFile | None:
    """Return the signed form of a consent, if one was kept."""
    return session.get(StoredFile, consent.evidence_id) if consent.evidence_id else None


def all_of(household_id: int) -> Select[Any]:
    """Return the statement for every yes of a household, the past ones too."""
    return select(Consent).where(Consent.household_id == household_id)


def papers_of(household_id: int) -> Select[Any]:
    """Return the statement for every signed form of a household."""
    found = select(StoredFile).join(Consent, Consent.evidence_id == StoredFile.id)
    return found.where(Consent.household_id == household_id)


def get_evidence(session: Session, household: Household, consent_id: int) -> StoredFile:
    """Return a signed form of a household; NotFound for that of another."""
    found = select(StoredFile).join(Consent, Consent.evidence_id == StoredFile.id)
    own = found.where(Consent.household_id == household.id, Consent.id == consent_id)
    with everywhere(session, "a signed form stays with its household"):
        paper = session.scalars(own.options(undefer(StoredFile.content))).one_or_none()
    if paper is None:
        raise NotFound
    return paper


def children_of(household: Household, on: date) -> list[Member]:
    """Return the members for whom a guardian decides on a day."""
    return [member for member in household.members if needs_guardian(member.birth_on, on)]


def states_of(session: Session, household: Household, today: date) -> list[PurposeState]:
    """Return how a household stands to every purpose."""
    consents, children = consents_of(session, household), children_of(household, today)
    return [_state(purpose, consents, children, today) for purpose in Purpose]


def _state(purpose: Purpose, consents: list[Consent], children: list[Member], today: date) -> PurposeState:
    own = [consent for consent in consents if consent.purpose is purpose]
    standing = next((consent for consent in own if consent.is_standing), None)
    spoken = {guardian.member_id for guardian in standing.guardians} if standing else set()
    unspoken = [child.name for child in children if standing and child.id not in spoken]
    past = [consent for consent in own if not consent.is_standing]
    return PurposeState(purpose, standing, text_on(purpose, today), unspoken, past)


def took_back(household_id: InstrumentedAttribute[int], purpose: Purpose) -> ColumnElement[bool]:
    """Return the clause: the household took its yes back and has not given it again."""
    own = Consent.household_id == household_id, Consent.purpose == purpose
    stands = Consent.withdrawn_on.is_(None), Consent.replaced_on.is_(None)
    return exists().where(*own, Consent.withdrawn_on.is_not(None)) & ~exists().where(*own, *stands)

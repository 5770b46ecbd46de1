"""A household says yes to a purpose, and may take it back at any time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.accounts.services import tell_nearest_staff
from pairing.areas.services import follow
from pairing.audit.services import record
from pairing.consents.models import Consent, ConsentGuardian
from pairing.consents.queries import all_of, children_of, find_evidence, find_standing, papers_of
from pairing.consents.rules import (
    ADULT_AGE,
    OFFERED,
    GivenHow,
    Purpose,
    WithdrawnHow,
    find_text,
    needs_guardian,
    text_on,
)
from pairing.db import LOCK
from pairing.errors import RuleBroken
from pairing.files.services import SoundFile, keep_file
from pairing.households.models import Household, HouseholdStatus, Member
from pairing.readers import everywhere
from pairing.values.identity import age_on
from pairing.wording import _

follow(Household, all_of)  # the store moves them itself: they are read anew
follow(Household, papers_of)
TO_END_PAGE = "/review/withdrawn"
KEEP_PAPER = timedelta(days=1096)  # after its end: Civil Code, article 188, three years in which one may sue


@dataclass(frozen=True)
class GuardianValues:
    """Who decided for a child."""

    member_id: int
    name: str
    relation: str  # to the child


@dataclass(frozen=True)
class ConsentValues:
    """A yes, already read; *giver_id* is a member, else name and relation say who spoke for the family."""

    given_on: date
    given_how: GivenHow
    giver_id: int | None = None
    giver_name: str = ""
    giver_relation: str = ""
    witness_name: str = ""
    guardians: tuple[GuardianValues, ...] = ()
    text_version: str = ""  # "": that of the day
    paper: SoundFile | None = None  # the signed form


def give_consent(
    session: Session, household: Household, purpose: Purpose, values: ConsentValues, by: User, now: datetime
) -> Consent:
    """Write down that a household agrees; an older yes to the same purpose is replaced.

    Raises
    ------
    RuleBroken : the file is closed, the day has not come, a child spoke for itself or nobody for it,
        an oral yes has no witness, or there are no words of that version.
    """
    session.refresh(household, with_for_update=LOCK)
    _check(household, purpose, values, clock.local(now).date())
    older = find_standing(session, household.id, purpose)
    if older:
        older.replaced_on = max(values.given_on, older.given_on)
        _let_paper_go(session, older, older.replaced_on)
        session.flush()  # only one may stand
    consent = _new_consent(household, purpose, values)
    consent.recorded_by_id, consent.recorded_at = by.id, now
    if values.paper:  # as long as the consent stands
        consent.evidence_id = keep_file(session, values.paper, household.area_code, by, now, date.max).id
    session.add(consent)
    record(session, by, "give_consent", consent, now, _detail(consent))
    return consent


def withdraw_consent(
    session: Session, consent: Consent, how: WithdrawnHow, on: date, by: User, now: datetime
) -> None:
    """Note that a household takes its yes back; the nearest staff hear what is to be ended.

    Raises
    ------
    RuleBroken : it was taken back or replaced before, or the day lies outside its time.
    """
    session.refresh(session.get_one(Household, consent.household_id), with_for_update=LOCK)
    session.refresh(consent, with_for_update=LOCK)
    if not consent.is_standing:
        raise RuleBroken(_("这份同意已经撤回或更新过"), "consent_ended")
    if not consent.given_on <= on <= clock.local(now).date():
        raise RuleBroken(_("撤回日期应在同意之后,不晚于今天"), "withdrawn_out_of_time")
    consent.withdrawn_on, consent.withdrawn_how = on, how
    _let_paper_go(session, consent, on)
    record(session, by, "withdraw_consent", consent, now, _detail(consent))
    if consent.purpose is Purpose.PAIRING:
        subject, body = _("有家庭撤回了结对同意"), _("请结束这户正在进行的结对,撤回还没确认的建议。")
        key = f"consent-withdrawn:{consent.id}"
        tell_nearest_staff(session, consent.area_code, subject, body, key, now, TO_END_PAGE)


def _let_paper_go(session: Session, consent: Consent, on: date) -> None:
    """Keep the signed form no longer than somebody may ask what was agreed until it ended."""
    with everywhere(session, "a signed form stays with its household"):
        if paper := find_evidence(session, consent):
            paper.kept_until = on + KEEP_PAPER


def _check(household: Household, purpose: Purpose, values: ConsentValues, today: date) -> None:
    if household.status is not HouseholdStatus.OPEN:
        raise RuleBroken(_("该户已退出"), "household_closed")
    if values.given_on > today:
        raise RuleBroken(_("同意日期不能晚于今天"), "given_too_early")
    if values.text_version and find_text(purpose, values.text_version) is None:
        raise RuleBroken(_("没有这个版本的同意书"), "unknown_text")
    if values.given_how not in OFFERED:
        raise RuleBroken(_("请说明是怎样同意的"), "how_unknown")
    if values.given_how is GivenHow.ORAL and values.witness_name in ("", _giver(household, values)[0]):
        raise RuleBroken(_("口头同意须有同意人以外的见证人"), "witness_missing")
    _check_children(household, values)


def _check_children(household: Household, values: ConsentValues) -> None:
    giver = _member(household, values.giver_id)
    if giver and needs_guardian(giver.birth_on, values.given_on):
        raise RuleBroken(_("未满 14 周岁的成员不能自己表示同意"), "giver_is_child")
    spoken = {guardian.member_id: guardian for guardian in values.guardians if guardian.name}
    young = {row.name for row in household.members if age_on(row.birth_on, values.given_on) < ADULT_AGE}
    for child in children_of(household, values.given_on):
        if child.id not in spoken:
            raise RuleBroken(_("家里有未满 14 周岁的成员,须由监护人同意"), "guardian_missing")
        if spoken[child.id].name in young:
            raise RuleBroken(_("监护人须是成年人"), "guardian_too_young")


def _member(household: Household, member_id: int | None) -> Member | None:
    return next((row for row in household.members if row.id == member_id), None)


def _giver(household: Household, values: ConsentValues) -> tuple[str, str]:
    """Return name and relation of whoever spoke for the family."""
    member = _member(household, values.giver_id)
    if member:
        return member.name, member.relation
    if not (values.giver_name and values.giver_relation):
        raise RuleBroken(_("请说明是谁同意的"), "giver_missing")
    return values.giver_name, values.giver_relation


def _new_consent(household: Household, purpose: Purpose, values: ConsentValues) -> Consent:
    name, relation = _giver(household, values)
    member = _member(household, values.giver_id)
    return Consent(
        household_id=household.id,
        area_code=household.area_code,
        purpose=purpose,
        text_version=values.text_version or text_on(purpose, values.given_on).version,
        given_on=values.given_on,
        given_how=values.given_how,
        giver_id=member.id if member else None,
        giver_name=name,
        giver_relation=relation,
        witness_name=values.witness_name,
        guardians=_guardians(household, values),
    )


def _guardians(household: Household, values: ConsentValues) -> list[ConsentGuardian]:
    spoken = {guardian.member_id: guardian for guardian in values.guardians}
    return [
        ConsentGuardian(
            member_id=child.id,
            child_name=child.name,
            guardian_name=spoken[child.id].name,
            relation=spoken[child.id].relation,
        )
        for child in children_of(household, values.given_on)
    ]


def _detail(consent: Consent) -> dict[str, str]:
    return {"purpose": consent.purpose.value, "text_version": consent.text_version}

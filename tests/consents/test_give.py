"""A household says yes: by whom, how, and who speaks for its children."""

from datetime import date, timedelta

import pytest

from pairing.audit.models import AuditEntry
from pairing.consents.queries import consents_of, find_standing
from pairing.consents.rules import GivenHow, Purpose
from pairing.consents.services import GuardianValues
from pairing.errors import RuleBroken
from pairing.households.models import HouseholdStatus
from tests.consents.makers import give, head_of, spoken_for, with_child
from tests.support.makers import MONDAY, make_household, make_member


def refusal(*arguments, **given):
    with pytest.raises(RuleBroken) as refused:
        give(*arguments, **given)
    return refused.value.code


def test_a_yes_keeps_who_when_how_and_the_words(session):
    household = make_household("王秀英")

    consent = give(session, household)

    assert (consent.giver_name, consent.giver_relation) == ("王秀英", "户主")
    assert (consent.given_on, consent.text_version) == (MONDAY, "2026-11")
    assert consent.area_code == household.area_code


def test_every_yes_stands_in_the_trail(session):
    consent = give(session, make_household(), Purpose.PHOTO)

    entry = session.query(AuditEntry).filter_by(action="give_consent", subject_id=str(consent.id)).one()
    assert entry.detail == {"purpose": "photo", "text_version": "2026-11"}


def test_a_new_yes_replaces_the_old_one_and_other_purposes_stay(session):
    household = make_household()
    photo, first = give(session, household, Purpose.PHOTO), give(session, household)

    second = give(session, household, given_how=GivenHow.DEVICE)

    assert find_standing(session, household.id, Purpose.PAIRING) is second
    assert first.replaced_on == MONDAY
    assert find_standing(session, household.id, Purpose.PHOTO) is photo
    assert len(consents_of(session, household)) == 3


def test_a_child_never_speaks_for_itself(session):
    household, child = with_child()

    code = refusal(session, household, giver_id=child.id, guardians=spoken_for(child))

    assert code == "giver_is_child"


@pytest.mark.parametrize(
    ("birth_on", "code"),
    [(date(2012, 11, 24), "guardian_missing"), (date(2012, 11, 23), None)],
    ids=["a day before the 14th birthday", "on the 14th birthday"],
)
def test_below_fourteen_a_guardian_must_speak(session, birth_on, code):
    household, _child = with_child(birth_on)

    assert (refusal(session, household) if code else give(session, household).id and None) == code


def test_every_child_needs_a_guardian_not_only_one(session):
    household, child = with_child()
    make_member(household, name="王小苗", birth_on=date(2020, 1, 1))

    assert refusal(session, household, guardians=spoken_for(child)) == "guardian_missing"


def test_a_guardian_is_grown_up_and_named(session):
    household, child = with_child()
    make_member(household, name="王大毛", birth_on=date(2010, 1, 1))

    assert refusal(session, household, guardians=spoken_for(child, "王大毛")) == "guardian_too_young"
    assert refusal(session, household, guardians=spoken_for(child, "")) == "guardian_missing"
    assert give(session, household, guardians=spoken_for(child)).guardians[0].child_name == "王小禾"


def test_an_oral_yes_needs_a_witness_who_is_somebody_else(session):
    household = make_household("王秀英")
    oral = {"given_how": GivenHow.ORAL}

    assert refusal(session, household, **oral) == "witness_missing"
    assert refusal(session, household, **oral, witness_name="王秀英") == "witness_missing"
    assert give(session, household, **oral, witness_name="赵敏").witness_name == "赵敏"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"given_on": MONDAY + timedelta(days=1)}, "given_too_early"),
        ({"text_version": "2099-01"}, "unknown_text"),
        ({"given_how": GivenHow.EARLIER}, "how_unknown"),
        ({"giver_id": None}, "giver_missing"),
        ({"giver_id": None, "giver_name": "王芳"}, "giver_missing"),
    ],
)
def test_what_cannot_have_been_is_refused(session, given, code):
    assert refusal(session, make_household(), **given) == code


def test_a_member_of_another_household_cannot_speak(session):
    stranger = head_of(make_household())

    assert refusal(session, make_household(), giver_id=stranger.id) == "giver_missing"


def test_a_closed_file_takes_no_consent(session):
    assert refusal(session, make_household(status=HouseholdStatus.CLOSED)) == "household_closed"


def test_a_guardian_of_somebody_elses_child_does_not_count(session):
    household, _child = with_child()
    _other, foreign = with_child()

    assert refusal(session, household, guardians=spoken_for(foreign)) == "guardian_missing"
    assert GuardianValues(foreign.id, "李桂香", "祖母") in spoken_for(foreign)

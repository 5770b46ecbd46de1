"""Thousands of deeds in any order, against a model of dictionaries: places, money, refusals, visits."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.attack.office import Office

FULL = int(os.environ.get("PAIRING_ATTACK_STEPS", "0"))  # so many times as many, other ones each time
TRIALS = {"sqlite": 200, "postgresql": 24}
DEEDS = {"sqlite": 10_000, "postgresql": 1_000}
GOOD_ENDS = ("confirm:", "confirm_money:", "reserve:", "release:", "end:", "close:", "refuse:", "decline:")
CODES = {  # refusals that must have come up
    "already_answered", "already_decided", "already_ended", "already_released", "amount_not_positive",
    "consent_missing", "consent_noted", "household_closed", "no_consent", "not_accepted", "not_agreed",
    "not_splittable", "over_ceiling", "over_covered", "own_proposal", "pledge_closed", "pledge_spent",
    "proposal_expired", "too_many_households", "visit_in_past", "volunteer_not_active", "wrong_purpose",
}  # fmt: skip


def limits(engine_name):
    return settings(
        max_examples=TRIALS[engine_name] * max(FULL, 1),
        stateful_step_count=20,
        derandomize=not FULL,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture
def office(app):
    """Give a machine that counts for this test alone."""
    return type("Office", (Office,), {"app": app, "steps": 0, "ends": {}})


def test_people_and_money_go_where_the_model_says(office, engine_name, record_property):
    run_state_machine_as_test(office, settings=limits(engine_name))

    record_property("steps", office.steps)
    print(f"{engine_name}: {office.steps:,} steps, {len(office.ends)} kinds of ends\n{office.ends}")  # noqa: T201
    assert office.steps >= DEEDS[engine_name] * max(FULL, 1)
    if engine_name == "sqlite":
        assert [end for end in GOOD_ENDS if end not in office.ends] == []
        assert CODES - {end.partition(":")[2] for end in office.ends} == set()

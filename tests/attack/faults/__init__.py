"""Faults as people make them, each with the test that must turn red; `tests.attack.drill` tries them."""

from tests.attack.faults import content, deeds, doors, facts, reach, trail
from tests.attack.faults.fault import Fault

FAULTS: tuple[Fault, ...] = (
    *reach.FAULTS,
    *doors.FAULTS,
    *deeds.FAULTS,
    *trail.FAULTS,
    *facts.FAULTS,
    *content.FAULTS,
)

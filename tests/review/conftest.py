"""These tests live on one Monday morning."""

import pytest
import time_machine

from tests.support.makers import NOW


@pytest.fixture(autouse=True)
def monday():
    """Let the pages read the clock that the made rows know."""
    with time_machine.travel(NOW):
        yield

"""While thousands of rows are made nobody looks for garbage; afterwards somebody does, whatever happened."""

import gc

import pytest

from pairing.db import many_rows


def test_the_collector_rests_inside_and_works_afterwards():
    with many_rows():
        inside = gc.isenabled()

    assert (inside, gc.isenabled()) == (False, True)


def test_the_collector_works_after_an_error():
    with pytest.raises(ValueError, match="row"), many_rows():
        raise ValueError("row")

    assert gc.isenabled()


def test_one_inside_another_does_not_wake_the_collector():
    with many_rows():
        with many_rows():
            pass
        inside = gc.isenabled()

    assert (inside, gc.isenabled()) == (False, True)

"""What a fault of the drill is."""

from typing import NamedTuple

LITE = "not postgresql"  # the tests that need no PostgreSQL: quicker
SERVER = "postgresql"


class Fault(NamedTuple):
    """In *file* the text *old*, which stands there once, becomes *new*; *test* must fail.

    *only* is pytest's ``-k``: a test runs for both engines, and one of them is enough to see red.
    """

    name: str
    file: str
    old: str
    new: str
    test: str
    only: str = LITE

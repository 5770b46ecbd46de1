"""What is past its time, and when it was last seen to."""

from pairing.retention.queries.due import DUE, count_due, due_ids
from pairing.retention.queries.runs import last_run

__all__ = ["DUE", "count_due", "due_ids", "last_run"]

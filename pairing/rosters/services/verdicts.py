"""The verdict on one row."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pairing.errors import BadValue
from pairing.wording import Wording, _
from pairing.workbooks.tables import TableRow

T = TypeVar("T")


@dataclass(frozen=True)
class Remark:
    """Something to know about a row: its number as the workbook shows it, a reason name, words."""

    row: int
    reason: str
    message: Wording


@dataclass
class Verdict(Generic[T]):
    """What becomes of a row: *values* to register, or a *refusal*; *is_known* where it stands already."""

    row: TableRow
    key: str = ""  # identity number or credit code, by which the same thing is found again
    values: T | None = None
    refusal: Remark | None = None
    warnings: list[Remark] = field(default_factory=list)
    is_known: bool = False

    @property
    def number(self) -> int:
        """The row's number as the workbook shows it."""
        return self.row.number

    @property
    def is_accepted(self) -> bool:
        """Whether the row adds something."""
        return self.refusal is None and not self.is_known


@dataclass(frozen=True)
class Reading(Generic[T]):
    """All rows of a workbook, and remarks that belong to no row of its register."""

    verdicts: list[Verdict[T]]
    remarks: list[Remark] = field(default_factory=list)


def judge(row: TableRow, key: Callable[[TableRow], str], read: Callable[[TableRow], T]) -> Verdict[T]:
    """Read one row; what cannot be read becomes its refusal."""
    verdict: Verdict[T] = Verdict(row)
    try:
        verdict.values = read(row)
        verdict.key = key(row)
    except BadValue as bad:
        verdict.refusal = Remark(row.number, bad.code, bad.message)
    return verdict


def refuse_repeats(verdicts: list[Verdict[T]]) -> None:
    """Refuse a row whose key an accepted row above it has already."""
    first: dict[str, int] = {}
    for verdict in verdicts:
        if verdict.refusal:
            continue
        if verdict.key in first:
            words = _("与第 %(row)d 行重复", row=first[verdict.key])
            verdict.refusal = Remark(verdict.number, "duplicate_in_file", words)
        else:
            first[verdict.key] = verdict.number


def mark_known(verdicts: list[Verdict[T]], known: set[str]) -> None:
    """Mark the accepted rows that stand in the register already."""
    for verdict in verdicts:
        if verdict.refusal is None and verdict.key in known:
            verdict.is_known = True
            verdict.warnings = [Remark(verdict.number, "already_registered", _("已登记,不再重复导入"))]

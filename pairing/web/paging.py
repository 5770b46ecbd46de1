"""One page of a long list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

T = TypeVar("T")
PER_PAGE = 50
AROUND = 2  # numbers shown on each side of the page we are on


@dataclass(frozen=True)
class Page(Generic[T]):
    """The rows of one page, and where it stands among the others."""

    rows: Sequence[T]
    number: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before this one."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether there is a page after this one."""
        return self.number < self.pages

    @property
    def window(self) -> list[int | None]:
        """Numbers to offer: the first, the last and those around here; None stands for a gap."""
        near = range(self.number - AROUND, self.number + AROUND + 1)
        shown = sorted({1, self.pages} | {number for number in near if 1 <= number <= self.pages})
        numbers: list[int | None] = []
        for before, number in zip([0, *shown], shown, strict=False):
            numbers += [number] if number == before + 1 else [None, number]
        return numbers


def page_number(typed: str | None) -> int:
    """Read a page number from an address; what is no number is the first page."""
    return max(1, int(typed)) if typed and typed.isdecimal() and len(typed) < 7 else 1


def paginate(session: Session, stmt: Select[Any], page: int = 1, per_page: int = PER_PAGE) -> Page[Any]:
    """Fetch one page of *stmt*, which names its order; past the end gives the last page.

    A statement of one entity gives that entity, one of several columns gives rows.
    """
    total = session.scalar(select(func.count()).select_from(stmt.order_by(None).subquery())) or 0
    number = min(max(1, page), max(1, -(-total // per_page)))
    result = session.execute(stmt.limit(per_page).offset((number - 1) * per_page))
    single = len(stmt.column_descriptions) == 1
    return Page(result.scalars().all() if single else result.all(), number, per_page, total)


def requested_page(session: Session, stmt: Select[Any], per_page: int = PER_PAGE) -> Page[Any]:
    """Fetch the page of *stmt* that the address asks for."""
    return paginate(session, stmt, page_number(request.args.get("page")), per_page)

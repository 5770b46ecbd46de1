"""The registry of lists that can be exported; a later feature adds its own by `offer`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.rules import Permission, may
from pairing.exports.rules import Codes
from pairing.wording import Labelled, Wording
from pairing.workbooks.plans import SheetPlan

Check = Callable[[str], bool]


@dataclass(frozen=True)
class ExportKind:
    """A list: who may export it, how its rows are found inside a scope, how they become a sheet."""

    code: str
    label: Wording
    permission: Permission
    find: Callable[[User, Codes, str], Select[Any]]  # owner, filters, what was looked for -> ordered rows
    sheet: Callable[[Session, User, Sequence[Any], bool], SheetPlan]  # the last says: personal data in full
    filters: Mapping[str, Check] = field(default_factory=dict)  # name -> whether a code belongs to it
    full: Permission | None = None  # who may have it unmasked; None: nobody
    page: str = ""  # endpoint of the list

    def codes(self, asked: Mapping[str, str]) -> dict[str, str]:
        """Return what of *asked* narrows this list, codes only; whatever else was typed is left out."""
        return {
            name: asked[name] for name, fits in self.filters.items() if name in asked and fits(asked[name])
        }

    def may_be_full(self, user: User) -> bool:
        """Whether *user* may have the list unmasked."""
        return self.full is not None and may(user.role, self.full)


KINDS: dict[str, ExportKind] = {}


def offer(kind: ExportKind) -> None:
    """Add a list that can be exported; ValueError if its code is taken."""
    if kind.code in KINDS:
        raise ValueError(f"there is an export {kind.code} already")
    KINDS[kind.code] = kind


def find_kind(code: str, user: User) -> ExportKind | None:
    """Return the list named *code* if *user* may export it."""
    kind = KINDS.get(code)
    return kind if kind and may(user.role, kind.permission) else None


def list_kinds(user: User) -> list[ExportKind]:
    """Return the lists that *user* may export."""
    return [kind for kind in KINDS.values() if may(user.role, kind.permission)]


def one_of(enum: type[Labelled]) -> Check:
    """Accept the codes of *enum*, and "" for all."""
    known = {"", *(member.value for member in enum)}
    return known.__contains__


def among(*codes: str) -> Check:
    """Accept one of *codes*."""
    return frozenset(codes).__contains__

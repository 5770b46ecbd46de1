"""What a sheet to be written consists of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column; *is_text* keeps long numbers whole, *choices* become a drop-down list."""

    name: str
    width: float = 14
    is_required: bool = False
    is_text: bool = False
    choices: Sequence[str] = ()
    sample: object = ""

    @property
    def heading(self) -> str:
        """The name, starred if the column must be filled in."""
        return f"{self.name}*" if self.is_required else self.name


@dataclass(frozen=True)
class SheetPlan:
    """A sheet; *title* and *hint* stand above the header, a form has a grey sample row below it.

    The first sample of a form should be "示例": a row that begins so is not imported.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]] = ()
    title: str = ""
    hint: str = ""
    is_form: bool = False

"""Fields that read what people type; on an error the typed words stay in the field."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, ClassVar

from wtforms import Field, FieldList, StringField
from wtforms.widgets import TextArea

from pairing import clock
from pairing.errors import BadValue
from pairing.values.dates import read_date
from pairing.values.half_days import LABELS
from pairing.values.identity import read_identity
from pairing.values.money import plain_yuan, read_money
from pairing.values.numbers import read_count
from pairing.values.phone import format_phone, read_phone
from pairing.values.text import cell_text, read_line, read_name, read_note
from pairing.values.uscc import read_uscc
from pairing.wording import _


class TypedField(StringField):
    """A text field whose data is what its words mean: None when empty or unreadable.

    Use it with ``InputRequired``; ``DataRequired`` would hide why the words could not be read.
    """

    data: Any
    usual: ClassVar[dict[str, str]] = {}  # attributes of the input that suit a phone's keyboard

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed on to WTForms
        kwargs["render_kw"] = {**self.usual, **(kwargs.get("render_kw") or {})}
        super().__init__(*args, **kwargs)

    def read(self, words: str) -> Any:  # noqa: ANN401 - each field has its own type
        """Return what *words* mean, or raise `BadValue`."""
        raise NotImplementedError

    def write(self, value: Any) -> str:  # noqa: ANN401 - each field has its own type
        """Return *value* as words."""
        return str(value)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read what was typed; WTForms puts the message of a `BadValue` at the field."""
        self.data = None
        if valuelist and cell_text(valuelist[0]).strip():
            self.data = self.read(str(valuelist[0]))
        else:
            self.raw_data = []  # blanks are nothing: `InputRequired` must not take them for an answer

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.write(self.data)


class MoneyField(TypedField):
    """An amount as people write it (2万元, 50,000.00); data is whole fen."""

    def read(self, words: str) -> int:
        """Return fen."""
        return read_money(words)

    def write(self, value: int) -> str:
        """Return yuan."""
        return plain_yuan(value)


class PhoneField(TypedField):
    """A phone number of China; data is E.164."""

    usual = {"inputmode": "tel", "autocomplete": "tel"}

    def read(self, words: str) -> str:
        """Return E.164."""
        return read_phone(words)

    def write(self, value: str) -> str:
        """Return the number as it is read out."""
        return format_phone(value)


class LooseDateField(TypedField):
    """A day in any of the forms people write; data is a date."""

    usual = {"placeholder": "2026-04-10", "autocomplete": "off"}

    def read(self, words: str) -> date:
        """Return the day."""
        return read_date(words)


class IdentityField(TypedField):
    """A resident identity number; data is 18 characters that passed every check without a register."""

    usual = {"autocomplete": "off", "maxlength": "40"}

    def read(self, words: str) -> str:
        """Return the checked number."""
        return read_identity(words, clock.today())


class UsccField(TypedField):
    """A unified social credit code; data is 18 checked characters."""

    usual = {"autocomplete": "off", "maxlength": "40"}

    def read(self, words: str) -> str:
        """Return the checked code."""
        return read_uscc(words)


class HalfDaysField(Field):
    """Half-days of a week, one checkbox each; data is the bit mask of `pairing.values.half_days`."""

    data: int

    def process_data(self, value: int | None) -> None:
        """Start from a stored mask."""
        self.data = value or 0

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the numbers of the ticked boxes."""
        bits = {str(value) for value in valuelist}
        if bits - {str(bit) for bit in range(len(LABELS))}:
            self.data = 0
            raise BadValue("unknown_slot", _("时间选项无效,请重新勾选"))
        self.data = sum(1 << int(bit) for bit in bits)

    def is_ticked(self, bit: int) -> bool:
        """Whether the box of this half-day is ticked."""
        return bool(self.data >> bit & 1)


class NameField(TypedField):
    """A person's name; stray blanks go, digits are refused."""

    def read(self, words: str) -> str:
        """Return the name."""
        return read_name(words)


class CountField(TypedField):
    """A whole number between *least* and *most*, also as 2户 or 两人."""

    usual = {"inputmode": "numeric", "autocomplete": "off"}

    def __init__(self, *args: Any, least: int = 0, most: int = 999, **kwargs: Any) -> None:  # noqa: ANN401
        self.least, self.most = least, most
        super().__init__(*args, **kwargs)

    def read(self, words: str) -> int:
        """Return the number."""
        return read_count(words, least=self.least, most=self.most)


class LineField(TypedField):
    """One line of free text; data is "" when empty."""

    def __init__(self, *args: Any, most: int = 200, **kwargs: Any) -> None:  # noqa: ANN401
        self.most = most
        super().__init__(*args, **kwargs)

    def read(self, words: str) -> str:
        """Return the line."""
        return read_line(words, self.most)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read what was typed."""
        super().process_formdata(valuelist)
        self.data = self.data or ""


class NoteField(LineField):
    """Free text of several lines; data is "" when empty."""

    widget = TextArea()

    def read(self, words: str) -> str:
        """Return the text."""
        return read_note(words, self.most)


class RowsField(FieldList):  # type: ignore[type-arg]  # generic in the stubs only
    """Rows of a form in a form, numbered in plain digits: ² counts as a digit too, but is no number."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        numbered = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,3}})-")
        yield from (int(match[1]) for match in map(numbered.match, formdata) if match)

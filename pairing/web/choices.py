"""Choices among the members of an enumeration; data are members, words are their labels."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField

from pairing.web.filters import translate
from pairing.wording import Labelled, Wording

ALL = Wording("全部")  # the first line of a filter


class EnumSelectField(SelectField):
    """One member of *enum* from a list; *blank* adds a first line that means none."""

    def __init__(
        self,
        label: str | None = None,
        validators: Any = None,  # noqa: ANN401 - as WTForms takes them
        *,
        enum: type[Labelled],
        blank: Wording | None = None,
        **kwargs: Any,  # noqa: ANN401 - passed on to WTForms
    ) -> None:
        super().__init__(label, validators, choices=_choices(enum, blank), coerce=_coerce(enum), **kwargs)


class EnumRadioField(EnumSelectField, RadioField):
    """One member from buttons side by side."""


class EnumChecksField(EnumSelectField, SelectMultipleField):
    """Any number of members, one checkbox each."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the ticked boxes; an empty value is no box."""
        super().process_formdata([value for value in valuelist if value])


def _choices(
    members: Iterable[Labelled], blank: Wording | None = None
) -> Callable[[], list[tuple[str, str]]]:
    def choices() -> list[tuple[str, str]]:
        first = [("", translate(blank))] if blank else []
        return first + [(member.value, translate(member.label)) for member in members]

    return choices


def _coerce(enum: type[Labelled]) -> Any:  # noqa: ANN401 - a callable of WTForms
    by_code = {member.value: member for member in enum}

    def coerce(value: str | None) -> Labelled | None:
        if value and value not in by_code:
            raise ValueError(value)  # WTForms says "not a valid choice"
        return by_code[value] if value else None

    return coerce

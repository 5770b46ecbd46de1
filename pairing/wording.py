"""Words that people read, marked in the inner layers and translated at the edge."""

from enum import StrEnum
from typing import Any, Self


class Wording(str):
    """A Chinese sentence, already filled in, that still knows how to be said in another language.

    It is a plain ``str`` for everyone who only prints it; the edge calls
    ``gettext(wording.msgid, **wording.values)``.
    """

    __slots__ = ("msgid", "values")
    msgid: str
    values: dict[str, Any]

    def __new__(cls, msgid: str, **values: Any) -> Self:  # noqa: ANN401 - whatever %-formatting accepts
        """Fill *values* into *msgid* by %-formatting."""
        filled = super().__new__(cls, msgid % values if values else msgid)
        filled.msgid = msgid
        filled.values = values
        return filled


_ = Wording  # the mark that message extraction looks for


class Labelled(StrEnum):
    """An enumeration whose members are stored by code and shown by label."""

    label: Wording

    def __new__(cls, code: str, label: Wording = Wording("")) -> Self:  # noqa: B008 - a Wording never changes
        """Make the member ``NAME = "code", _("标签")``; the label is left out when a member is looked up."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

"""A form that two people have filled in at once: its parts, the choices of whoever was slower, the page.

The form carries the version and its parts as they were when it was opened. Whoever saves an older
version gets a page with every part that differs, chooses, and sends the same form again with the
choices settled (`settled`); nothing that was typed is lost.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, Form, HiddenField, SelectField, SelectMultipleField

from pairing.values.half_days import labels as half_day_labels
from pairing.values.merging import Difference, Part, Side, compare, from_text, is_clash, to_text
from pairing.web.fields import HalfDaysField, TypedField
from pairing.web.filters import labels, translate

OWN = ("csrf_token", "request_key", "version", "opened", "before", "asked")
TAKE = "take-"  # before the key of a part: the choice
ROW_ID = "member_id"
Hidden = Mapping[str, tuple[str, str]]  # key of a part -> masked words, mark of what is hidden


class MergingMixin(Form):
    """The hidden fields of a form on a file that others may change meanwhile."""

    version = HiddenField()
    opened = HiddenField()  # its parts as they were when it was opened

    def remember(self, hidden: Hidden) -> None:
        """Keep the parts as they stand, in the form itself."""
        self.opened.data = to_text(parts_of(self, hidden))


@dataclass(frozen=True)
class Clash:
    """What the page shows: the parts that differ, and what it sends along."""

    differences: list[Difference]
    kept: list[tuple[str, str]]  # everything that was typed
    version: str
    opened: str
    before: str
    is_unanswered: bool


def parts_of(form: Form, hidden: Hidden) -> dict[str, Part]:
    """Return the parts of a form: each field one, each row of a list one."""
    found: dict[str, Part] = {}
    for field in form:
        if isinstance(field, FieldList):
            found |= _rows(field, hidden)
        elif not isinstance(field, HiddenField) and field.short_name not in OWN:
            words, mark = hidden.get(field.short_name, ("", ""))
            label = str(translate(field.label.text))
            sent = {field.short_name: _sent(field)}
            found[field.short_name] = Part(label, sent, _words(field) or words, mark)
    return found


def _rows(rows: "FieldList[Any]", hidden: Hidden) -> dict[str, Part]:
    found = {}
    for number, entry in enumerate(row for row in rows if not row.form.is_blank):
        row_id = entry.form[ROW_ID].data
        key = f"{rows.short_name}/{row_id or f'+{number}'}"
        words, mark = hidden.get(str(row_id), ("", ""))
        said = [_words(field) for field in entry.form if not isinstance(field, HiddenField)]
        if not said[-1]:
            said[-1] = words  # the number, which is hidden
        sent = {field.short_name: _sent(field) for field in entry.form}
        label = str(gettext("%(list)s:%(name)s", list=translate(rows.label.text), name=said[0]))
        found[key] = Part(label, sent, " · ".join(filter(None, said)), mark)
    return found


def _sent(field: Field) -> list[str]:
    """Return what a browser would send of a field, in one spelling."""
    if isinstance(field, HalfDaysField):
        return [str(bit) for bit in range(field.data.bit_length()) if field.is_ticked(bit)]
    if isinstance(field, SelectMultipleField):
        return sorted(_code(value) for value in field.data or ())
    if isinstance(field, TypedField) and field.data not in (None, ""):
        return [field.write(field.data)]
    if isinstance(field, TypedField):
        return [str(field.raw_data[0]) if field.raw_data else ""]
    return [_code(field.data)]


def _code(value: Any) -> str:  # noqa: ANN401 - a member of an enumeration, a code, or nothing
    return str(value.value if isinstance(value, Enum) else value or "")


def _words(field: Field) -> str:
    if isinstance(field, HalfDaysField):
        return labels(half_day_labels(field.data))
    if isinstance(field, SelectField):
        chosen = set(_sent(field)) - {""}
        return labels(label for value, label, *_rest in field.iter_choices() if str(value) in chosen)
    return _sent(field)[0]


def settled() -> MultiDict[str, str]:
    """Return what was sent, with the choices of the page carried out."""
    typed = request.form.copy()
    if unanswered():
        typed["version"], typed["opened"] = "", typed.get("before", "")
        return typed
    opened = from_text(typed.get("opened")) or {}
    for key in [name.removeprefix(TAKE) for name in typed if name.startswith(TAKE)]:
        if typed.get(TAKE + key) == Side.THEIRS:
            _take_theirs(typed, key, opened.get(key))
    return typed


def unanswered() -> list[str]:
    """Return the parts that had to be chosen and were not."""
    sides = tuple(Side)
    return [key for key in request.form.getlist("asked") if request.form.get(TAKE + key) not in sides]


def _take_theirs(typed: MultiDict[str, str], key: str, theirs: Part | None) -> None:
    """Put what is stored in the place of what was typed; a row of a list goes, or comes back whole."""
    name, slash, row_id = key.partition("/")
    if not slash:
        typed.setlist(name, theirs.sent.get(name, []) if theirs else [])
        return
    for row in list(_typed_rows(typed, name, row_id)):
        for field in [field for field in typed if field.startswith(row)]:
            typed.poplist(field)
    if theirs:
        numbers = [int(found[1]) for found in map(re.compile(rf"{name}-([0-9]+)-").match, typed) if found]
        for field, values in theirs.sent.items():
            typed.setlist(f"{name}-{max(numbers, default=-1) + 1}-{field}", values)


def _typed_rows(typed: MultiDict[str, str], name: str, row_id: str) -> Iterator[str]:
    """Yield what the names of a row's fields begin with; ``+2`` is the third row that says something."""
    numbers = {int(found[1]) for found in map(re.compile(rf"{name}-([0-9]{{1,3}})-").match, typed) if found}
    said = 0
    for number in sorted(numbers):
        row = f"{name}-{number}-"
        values = {field.removeprefix(row): typed[field] for field in typed if field.startswith(row)}
        is_blank = not any(value.strip() for field, value in values.items() if field != ROW_ID)
        if values.get(ROW_ID) == row_id or (row_id == f"+{said}" and not values.get(ROW_ID) and not is_blank):
            yield row
        said += not is_blank


def find_clash(form: MergingMixin, stored: MergingMixin, hidden: Hidden, version: int) -> Clash | None:
    """Return what differs, if somebody else has changed the file since *form* was opened; None if nobody has.

    *stored* is the form as it would be opened now, *hidden* what it does not show.
    """
    if form.version.data == str(version):
        return None
    differences = compare(from_text(form.opened.data), parts_of(stored, hidden), parts_of(form, hidden))
    if not is_clash(differences) and not unanswered():
        return None
    kept = [(name, value) for name, value in request.form.items(multi=True) if _is_typed(name)]
    now, before = to_text(parts_of(stored, hidden)), form.opened.data or ""
    return Clash(differences, kept, str(version), now, before, bool(unanswered()))


def _is_typed(name: str) -> bool:
    return name not in OWN and not name.startswith(TAKE)


def answer_clash(clash: Clash | None, **page: Any) -> ResponseReturnValue | None:  # noqa: ANN401 - heading, who, when, addresses
    """Answer with the page on which a person chooses, 409, since nothing was saved; None without a clash."""
    if clash is None:
        return None
    return render_template("layout/clash.html", clash=clash, **page), 409


def once_more_if_stale(deed: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """Do *deed*; where another deed has changed the same row at the same instant, look again.

    The second look finds the new version and answers with the page of `find_clash`.
    """
    try:
        return deed()
    except StaleDataError:
        return deed()

"""What an address may say: ids that a table can hold, no zero bytes, no names that `url_for` keeps."""

from typing import Any

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, ValidationError

ZERO = "\0"  # PostgreSQL refuses it in any text
LARGEST_ID = 2**31 - 1  # of an INTEGER column
ID_DIGITS = 10
OWN_NAMES = ("endpoint", "self")  # of `url_for`, and whatever begins with an underscore


def row_id(typed: str) -> int:
    """Read the id of a row; ValueError for what no table can hold."""
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= ID_DIGITS) or int(typed) > LARGEST_ID:
        raise ValueError("no id")
    return int(typed)


class RowIdConverter(IntegerConverter):
    """``<int:household_id>``: a number too large for every table is an address that does not exist."""

    def to_python(self, value: str) -> int:
        """Read the id, or let the address be unknown."""
        try:
            return row_id(value)
        except ValueError as error:
            raise ValidationError from error


def kept_arguments() -> dict[str, Any]:
    """Return the query of this request for another address, without what `url_for` would take for its own."""
    query: dict[str, Any] = request.args.to_dict(flat=False)
    return {name: value for name, value in query.items() if name not in OWN_NAMES and name[:1] != "_"}


def refuse_zero_bytes() -> None:
    """Answer 400 where a text holds a zero byte, which nobody types."""
    texts = [*request.args.items(multi=True), *request.form.items(multi=True)]
    names = [(name, file.filename or "") for name, file in request.files.items(multi=True)]
    if any(ZERO in name or ZERO in value for name, value in (*texts, *names)):
        abort(400)


def init_app(app: Flask) -> None:
    """Read ids and refuse zero bytes at every address of *app*; call it before any address is added."""
    app.url_map.converters["int"] = RowIdConverter
    app.jinja_env.globals["kept_arguments"] = kept_arguments
    app.before_request(refuse_zero_bytes)

"""One way for every line: ours, of Flask, of gunicorn, of APScheduler, of SQLAlchemy.

The message of an error is data: "Key (name)=(…) already exists" says who. So of an error stand in the
log its kind, the code of the database, and where it happened; the message only of kinds that speak of
the program. What other packages put into their texts stays out as well: gunicorn puts addresses there.
"""

import logging
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from types import TracebackType
from typing import Any, TextIO

import structlog

from pairing.logs.masking import HIDDEN, mask_text, mask_values

TRUSTED = ("pairing", "apscheduler", "alembic", "flask_migrate")  # loggers whose values may stand in the text
SILENT = "gunicorn.access"  # it prints paths; the event "request" says what is needed
SPEAKS_OF_CODE = (
    AttributeError, NameError, ImportError, TypeError, NotImplementedError, RuntimeError, MemoryError
)  # fmt: skip
LEVELS = {
    "apscheduler": logging.ERROR,  # a tick that comes while the last one works is no news
    "sqlalchemy": logging.WARNING,
    "werkzeug": logging.WARNING,
    "alembic": logging.WARNING,
    "alembic.runtime.migration": logging.INFO,
}
OWN_HANDLERS = ("gunicorn.error", "gunicorn.access", "werkzeug", "pairing.app")  # they would write past us
FRAMES = 30

Line = MutableMapping[str, Any]


class ErrorStream(logging.StreamHandler[TextIO]):
    """Writes to what ``sys.stderr`` is at the moment of writing."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        self.stream = sys.stderr
        super().emit(record)


def configure(is_plain: bool) -> None:
    """Send every line of this process through the pipeline: JSON, or readable and less where *is_plain*."""
    to_text: Any = structlog.dev.ConsoleRenderer(colors=False)
    renderer = to_text if is_plain else structlog.processors.JSONRenderer(ensure_ascii=False)
    handler = ErrorStream()
    handler.addFilter(bare_text)
    first = [structlog.contextvars.merge_contextvars]
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=first, processors=[*LAST, renderer], keep_exc_info=False
        )
    )
    structlog.configure(
        processors=[*first, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    _replace_handlers(handler, logging.WARNING if is_plain else logging.INFO)


def _replace_handlers(handler: logging.Handler, level: int) -> None:
    root = logging.getLogger()
    for old in [old for old in root.handlers if isinstance(old, ErrorStream)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in OWN_HANDLERS:
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = name != SILENT
    for name, least in LEVELS.items():
        logging.getLogger(name).setLevel(least)


def bare_text(record: logging.LogRecord) -> bool:
    """Keep what other packages put into their texts out of them; numbers may stay."""
    if isinstance(record.msg, dict) or record.name.startswith(TRUSTED):
        return True
    if isinstance(record.args, Mapping):
        record.args = {key: _bare(value) for key, value in record.args.items()}
    elif record.args:
        record.args = tuple(_bare(value) for value in record.args)
    return True


def _bare(value: object) -> object:
    return value if isinstance(value, int | float) else HIDDEN


def say_where_from(_logger: Any, _method: str, line: Line) -> Line:  # noqa: ANN401 - as structlog calls it
    """Add level and name of the logger."""
    record: logging.LogRecord = line["_record"]
    return {**line, "level": record.levelname.lower(), "logger": record.name}


def tell_error(_logger: Any, _method: str, line: Line) -> Line:  # noqa: ANN401
    """Say of an error its kind, the code of the database and where it happened."""
    told = line.pop("exc_info", None)
    if told is True:
        told = sys.exc_info()
    error = told[1] if isinstance(told, tuple) else told
    if isinstance(error, BaseException):
        line["error"] = [_kind(link) for link in _chain(error)]
        line["where"] = _frames(error.__traceback__)
    return line


def _chain(error: BaseException) -> list[BaseException]:
    links: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in links and len(links) < FRAMES:
        links.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return links


def _kind(error: BaseException) -> str:
    origin = getattr(error, "orig", error)
    state = getattr(origin, "sqlstate", None) or getattr(origin, "sqlite_errorname", None)
    words = f": {mask_text(str(error))}" if isinstance(error, SPEAKS_OF_CODE) else ""
    return f"{type(error).__name__}{f' {state}' if state else ''}{words}"


def _frames(trace: TracebackType | None) -> list[str]:
    return [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-FRAMES:]
    ]


def mask_line(_logger: Any, _method: str, line: Line) -> Line:  # noqa: ANN401
    """Mask everything that the line says."""
    where = line.pop("where", None)  # our own files and lines
    masked: Line = mask_values(line)
    return masked if where is None else {**masked, "where": where}


LAST = (
    say_where_from,
    tell_error,
    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
    mask_line,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)

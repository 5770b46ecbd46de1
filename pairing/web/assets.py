"""Addresses of static files that change with their content, so that they can be kept for a year."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, g, url_for

STATIC = "static"
VENDOR = "vendor/"  # these carry their version in the folder name
MARK_LENGTH = 12


@lru_cache(maxsize=256)
def _mark(file: Path, _modified_ns: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:MARK_LENGTH]


def content_mark(file: Path) -> str | None:
    """Return a mark of what *file* holds now, None if there is no such file."""
    return _mark(file, file.stat().st_mtime_ns) if file.is_file() else None


def icons_url() -> str:
    """Return the address of the icons; a long page draws hundreds of them, so it is built once a request."""
    if "icons_url" not in g:
        g.icons_url = url_for(STATIC, filename="icons.svg")
    return str(g.icons_url)


def init_app(app: Flask) -> None:
    """Add ``?v=`` to every address of a static file that has no version of its own."""
    app.add_template_global(icons_url)

    @app.url_defaults
    def add_mark(endpoint: str, values: dict[str, Any]) -> None:
        name = str(values.get("filename", ""))
        if endpoint == STATIC and not name.startswith(VENDOR) and app.static_folder:
            values.setdefault("v", content_mark(Path(app.static_folder, name)))

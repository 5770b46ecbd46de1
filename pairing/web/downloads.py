"""Files that are given to the reader, never shown inside a page."""

from flask import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

KEPT_APART = {
    "Content-Security-Policy": "sandbox; default-src 'none'",  # whatever opens it, nothing in it acts
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def attachment(data: bytes, name: str, mimetype: str) -> Response:
    """Answer with a file that is kept under *name*, which is ours and plain."""
    headers = KEPT_APART | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, mimetype=mimetype, headers=headers)


def workbook(data: bytes, name: str) -> Response:
    """Answer with a workbook that is kept under *name*."""
    return attachment(data, name, XLSX)

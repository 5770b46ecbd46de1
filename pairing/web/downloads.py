"""Workbooks that are given to the reader."""

from flask import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(data: bytes, name: str) -> Response:
    """Answer with a workbook that is kept under *name*."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, mimetype=XLSX, headers=headers)

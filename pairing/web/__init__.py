"""What every page has, whatever its matter: headers, errors, filters, forms."""

from flask import Flask
from flask_wtf import CSRFProtect

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Hang the web shell on *app*."""
    csrf.init_app(app)

"""The edge that every page shares: headers, filters, error pages, forms, paging, language."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from pairing.web import addresses, assets, errors, filters, form, headers, preferences, request_log


def init_app(app: Flask) -> None:
    """Give *app* what every page needs."""
    request_log.init_app(app)
    addresses.init_app(app)
    CSRFProtect(app)
    assets.init_app(app)
    filters.init_app(app)
    form.init_app(app)
    headers.init_app(app)
    preferences.init_app(app)
    errors.register_error_handlers(app)

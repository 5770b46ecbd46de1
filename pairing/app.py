"""The app factory: settings in, a checked Flask app out."""

import hashlib
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface
from flask_babel import Babel
from flask_login import LoginManager, current_user
from flask_migrate import Migrate
from sqlalchemy.exc import OperationalError
from werkzeug.middleware.proxy_fix import ProxyFix

from pairing import clock, logs, web
from pairing.access import TABLE
from pairing.accounts.access import guard
from pairing.accounts.models import User
from pairing.accounts.queries import find_session
from pairing.accounts.services import is_stale, touch
from pairing.audit import access as audit
from pairing.cli import add_commands
from pairing.db import current_session, db, listen_to, transaction
from pairing.files.services import scanning
from pairing.navigation import page_context
from pairing.privacy import masking
from pairing.privacy.keys import configure
from pairing.readers import NOBODY, Reader, read_as, refuse_unbound_role
from pairing.retention.rules import check_settings as check_keep_days
from pairing.settings import Settings, check_mode, folder, read_settings
from pairing.web.language import choose_locale

FEATURES = (
    "accounts",
    "households",
    "volunteers",
    "enterprises",
    "consents",
    "rosters",
    "exports",
    "pairings",
    "matching",
    "visits",
    "review",
    "retention",
    "subject_requests",
    "insight",
    "inbox",
)
MASKS = ("mask_name", "mask_identity", "mask_phone", "mask_address")  # filters of the templates
MAX_UPLOAD = 8 * 1024 * 1024
STRANGER_BYTES = 256 * 1024  # of a form from somebody who is not signed in
SESSION_SECONDS = 8 * 3600


class Cookies(SecureCookieSessionInterface):
    """The signed cookie, with a hash of this century."""

    digest_method = staticmethod(hashlib.sha256)


def create_app(settings: Settings | None = None) -> Flask:
    """Build the app from *settings*, by default those of the environment."""
    settings = settings or read_settings()
    logs.configure(settings.demo)
    app = Flask(__name__, template_folder=str(folder("templates")), static_folder=str(folder("static")))
    app.session_interface = Cookies()
    app.config.from_mapping(_flask_config(settings))
    check_mode(settings, app.debug, app.testing)
    configure(settings.field_keys, settings.active_key, settings.index_key)
    scanning.configure(settings.clamd)
    check_keep_days(settings.keep_days)
    _add_extensions(app)
    for feature in FEATURES:
        app.register_blueprint(import_module(f"pairing.{feature}.views").bp)
    app.context_processor(page_context)
    app.jinja_env.filters.update({name: getattr(masking, name) for name in MASKS})
    add_commands(app)
    guard(app, TABLE)
    if settings.proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxy_hops, x_proto=settings.proxy_hops)  # type: ignore[method-assign]
    return app


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "PAIRING": settings,
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True, "hide_parameters": True},
        "TRUSTED_HOSTS": settings.trusted_hosts,
        "SESSION_COOKIE_NAME": "__Host-session" if settings.https else "session",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": SESSION_SECONDS,
        "MAX_CONTENT_LENGTH": MAX_UPLOAD,
        "WTF_CSRF_TIME_LIMIT": None,  # bound to the session, so that a long form can be sent
        "BABEL_DEFAULT_LOCALE": "zh_CN",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
        "BABEL_TRANSLATION_DIRECTORIES": str(Path(__file__).with_name("translations")),
    }


def _add_extensions(app: Flask) -> None:
    _make_sqlite_folder(app.config["SQLALCHEMY_DATABASE_URI"])
    db.init_app(app)
    with app.app_context():
        listen_to(db.engine)
        if not app.config["PAIRING"].demo:
            refuse_unbound_role(db.engine)
    audit.init_app(app)
    Migrate(app, db, directory=str(folder("migrations")), render_as_batch=True)
    Babel(app, locale_selector=choose_locale)
    manager = LoginManager(app)
    manager.session_protection = None  # a telephone changes its address; the server knows its sessions itself
    manager.user_loader(_load_user)
    app.before_request(_tell_reader)
    web.init_app(app)


def _make_sqlite_folder(url: str) -> None:
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)


def _tell_reader() -> None:
    """Let the database know who reads, before anything is read; files of the app belong to nobody."""
    session = current_session()
    read_as(session, NOBODY)
    if request.endpoint != "static" and current_user.is_authenticated:
        read_as(session, Reader(current_user.role.value, current_user.id, current_user.scope_code))
    else:
        request.max_content_length = STRANGER_BYTES  # before anything reads the form


def _load_user(token: str) -> User | None:
    """Return whose living session the cookie names; once a minute its last use is written down."""
    now = clock.now()
    found = find_session(current_session(), token, now)
    if found and is_stale(found[0], now):
        with suppress(OperationalError), transaction() as session:
            touch(session, found[0].id, now)
    return found[1] if found else None

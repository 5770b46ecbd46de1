"""Settings from the environment, read once and checked before the app starts."""

import base64
import binascii
import os
import secrets
import sys
from dataclasses import dataclass, field
from pathlib import Path

from environs import Env

ROOT = Path(__file__).resolve().parent.parent
WEAK_SECRETS = ("", "secret", "changeme", "dev", "password")
SECRET_LENGTH = 32
KEY_LENGTH = 32


class BadSettings(RuntimeError):
    """The environment holds a setting that must not go into service."""


@dataclass(frozen=True)
class Settings:
    """Everything the app is told from outside."""

    secret_key: str
    database_url: str
    field_keys: dict[str, bytes] = field(repr=False)  # key id -> 32 bytes; the last one encrypts
    index_key: bytes = field(repr=False)
    https: bool = True
    demo: bool = False
    district_code: str = "370202"
    district_name: str = "市南区"
    proxy_hops: int = 0
    smtp_url: str = ""
    mail_from: str = "pairing@localhost"
    mailbox_dir: str = ""
    audit_witness: str = ""  # file that remembers the end of the audit chain; "" for none
    site_url: str = "http://127.0.0.1:8000"
    export_rows: int = 5000  # in one export
    keep_days: dict[str, int] = field(default_factory=dict)  # rule of pairing.retention -> days
    rate_factor: int = 1  # an office of hundreds behind one address may need more

    @property
    def active_key(self) -> str:
        """Id of the key that encrypts what is written now."""
        return list(self.field_keys)[-1]


def folder(name: str) -> Path:
    """Return the folder *name*, beside the package in a checkout and inside it in a wheel."""
    beside = ROOT / name
    return beside if beside.is_dir() else Path(__file__).resolve().parent / name


def normalise_url(url: str) -> str:
    """Name the psycopg 3 driver, which is the one that is installed."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def settings_file() -> Path:
    """Return the file that fills in what the environment does not say."""
    return Path(os.environ.get("PAIRING_SETTINGS") or ROOT / "instance" / "settings.env")


def write_settings(path: Path, *extra: str) -> bool:
    """Write *path* with fresh secrets and the lines *extra*, readable by its owner; False if it is there."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    key, index_key = (base64.b64encode(secrets.token_bytes(KEY_LENGTH)).decode() for _ in range(2))
    lines = [
        f"PAIRING_SECRET_KEY={secrets.token_urlsafe(48)}",
        f"PAIRING_FIELD_KEYS=k1:{key}",
        f"PAIRING_INDEX_KEY={index_key}",
        *extra,
    ]
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return True


def read_settings() -> Settings:
    """Read and check the environment; raise `BadSettings` in words that name the variable."""
    env = Env()
    env.read_env(str(settings_file()), recurse=False)
    settings = Settings(
        secret_key=env.str("PAIRING_SECRET_KEY", ""),
        database_url=normalise_url(env.str("DATABASE_URL", f"sqlite:///{ROOT}/instance/pairing.sqlite")),
        field_keys=_read_keys(env.str("PAIRING_FIELD_KEYS", "")),
        index_key=_read_key("PAIRING_INDEX_KEY", env.str("PAIRING_INDEX_KEY", "")),
        https=env.bool("PAIRING_HTTPS", True),
        demo=env.bool("PAIRING_DEMO", False),
        district_code=env.str("PAIRING_DISTRICT_CODE", "370202"),
        district_name=env.str("PAIRING_DISTRICT_NAME", "市南区"),
        proxy_hops=env.int("PAIRING_PROXY_HOPS", 0),
        smtp_url=env.str("PAIRING_SMTP_URL", ""),
        mail_from=env.str("PAIRING_MAIL_FROM", "pairing@localhost"),
        mailbox_dir=env.str("PAIRING_MAILBOX_DIR", ""),
        audit_witness=env.str("PAIRING_AUDIT_WITNESS", str(settings_file().with_name("audit-heads.txt"))),
        site_url=env.str("PAIRING_SITE_URL", "http://127.0.0.1:8000"),
        export_rows=env.int("PAIRING_EXPORT_ROWS", 5000),
        keep_days=_read_days(env.str("PAIRING_KEEP_DAYS", "")),
        rate_factor=env.int("PAIRING_RATE_FACTOR", 1),
    )
    check_settings(settings)
    return settings


def check_settings(settings: Settings) -> None:
    """Refuse what must not go into service: a weak secret, plain HTTP outside the demo."""
    if settings.secret_key in WEAK_SECRETS or len(settings.secret_key) < SECRET_LENGTH:
        raise BadSettings(f"PAIRING_SECRET_KEY must be at least {SECRET_LENGTH} random characters")
    if not settings.https and not settings.demo:
        raise BadSettings("PAIRING_HTTPS=0 is for the demo only: set PAIRING_DEMO=1 or serve by https")


def _read_keys(text: str) -> dict[str, bytes]:
    """Read ``id:base64,id:base64``."""
    pairs = [part.split(":", 1) for part in text.split(",") if ":" in part]
    if not pairs:
        raise BadSettings("PAIRING_FIELD_KEYS is missing: id:base64 of 32 random bytes")
    return {key_id: _read_key("PAIRING_FIELD_KEYS", value) for key_id, value in pairs}


def _read_days(text: str) -> dict[str, int]:
    """Read ``rule=days,rule=days``."""
    pairs = [part.split("=", 1) for part in text.split(",") if part.strip()]
    if not all(len(pair) == 2 and pair[1].strip().isdecimal() for pair in pairs):
        raise BadSettings("PAIRING_KEEP_DAYS is rule=days,rule=days")
    return {code.strip(): int(days) for code, days in pairs}


def _read_key(name: str, text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise BadSettings(f"{name} is not base64") from error
    if len(key) != KEY_LENGTH:
        raise BadSettings(f"{name} must be base64 of {KEY_LENGTH} random bytes")
    return key


if __name__ == "__main__":  # python -m pairing.settings [NAME=VALUE ...]
    written = write_settings(settings_file(), *sys.argv[1:])
    sys.stdout.write(f"{settings_file()}: {'written' if written else 'kept as it is'}\n")

"""Settings from the environment, read once and checked before the app starts."""

import base64
import binascii
import difflib
import os
import re
import secrets
import socket
import stat
import sys
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from environs import Env

ROOT = Path(__file__).resolve().parent.parent
PLACEHOLDERS = (
    "changeme",
    "change-me",
    "change_me",
    "placeholder",
    "example",
    "insecure",
    "your-",
    "default",
)
CLAMD = re.compile(r"unix:/.+|[^\s:]+:\d{1,5}")
SECRET_LENGTH = 32
SECRET_LETTERS = 10  # different ones
SECRET_PACKED = 36  # bytes that remain when it is packed: what repeats itself packs well
KEY_LENGTH = 32
KEY_BYTES = 16  # different ones of 32; random keys have about 30
MOST_HOPS = 5
INVENTED = "demo"  # ids of keys that seal invented people begin so
LOOPBACK = ("127.0.0.1", "localhost", "::1")
DEFAULT_DATABASE = f"sqlite:///{ROOT}/instance/pairing.sqlite"


class BadSettings(RuntimeError):
    """The environment holds a setting that must not go into service."""


@dataclass(frozen=True)
class Settings:
    """Everything the app is told from outside."""

    secret_key: str = field(repr=False)
    database_url: str = field(repr=False)
    field_keys: dict[str, bytes] = field(repr=False)  # key id -> 32 bytes; the last one encrypts
    index_key: bytes = field(repr=False)
    https: bool = True
    demo: bool = False
    district_code: str = "370202"
    district_name: str = "市南区"
    proxy_hops: int = 0
    smtp_url: str = field(default="", repr=False)
    mail_from: str = "pairing@localhost"
    mailbox_dir: str = ""
    audit_witness: str = ""  # file that remembers the end of the audit chain; "" for none
    site_url: str = "http://127.0.0.1:8000"
    export_rows: int = 5000  # in one export
    keep_days: dict[str, int] = field(default_factory=dict)  # rule of pairing.retention -> days
    rate_factor: int = 1  # an office of hundreds behind one address may need more
    clamd: str = ""  # unix:/path or host:port of the virus scanner; "" where there is none

    @property
    def trusted_hosts(self) -> list[str]:
        """The names under which the site is asked for; a request that names another one is refused."""
        host = urlsplit(self.site_url).hostname or ""
        return [host, *LOOPBACK] if self.demo else [host]

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
    is_demo = "PAIRING_DEMO=1" in extra
    lines = [
        f"PAIRING_SECRET_KEY={secrets.token_urlsafe(48)}",
        f"PAIRING_FIELD_KEYS={INVENTED if is_demo else 'k'}1:{key}",
        f"PAIRING_INDEX_KEY={index_key}",
        *extra,
    ]
    if not is_demo and not any(line.startswith("PAIRING_SITE_URL=") for line in extra):
        lines.append(f"PAIRING_SITE_URL=https://{socket.gethostname().lower()}")
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return True


def read_settings() -> Settings:
    """Read and check the environment; raise `BadSettings` in words that name the variable."""
    env = Env()
    env.read_env(str(settings_file()), recurse=False)
    settings = Settings(
        secret_key=env.str("PAIRING_SECRET_KEY", ""),
        database_url=normalise_url(env.str("DATABASE_URL", DEFAULT_DATABASE)),
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
        clamd=env.str("PAIRING_CLAMD", ""),
    )
    check_settings(settings)
    if not settings.demo:
        check_names([*os.environ, *_names_in(settings_file())], env.dump())
        check_file(settings_file())
    return settings


def check_settings(settings: Settings) -> None:
    """Refuse what must not go into service; the message names the variable and never its value."""
    _check_secret(settings)
    if not 0 <= settings.proxy_hops <= MOST_HOPS:
        raise BadSettings(f"PAIRING_PROXY_HOPS is the exact number of proxies in front, 0 to {MOST_HOPS}")
    if settings.clamd and not CLAMD.fullmatch(settings.clamd):
        raise BadSettings("PAIRING_CLAMD is where the virus scanner listens: unix:/path or host:port")
    if settings.demo:
        _check_demo(settings)
        return
    if not settings.https:
        raise BadSettings("PAIRING_HTTPS=0 is for the demo only: set PAIRING_DEMO=1 or serve by https")
    _check_keys(settings)
    _check_site(settings)


def _check_secret(settings: Settings) -> None:
    secret = settings.secret_key
    if len(secret) < SECRET_LENGTH:
        raise BadSettings(f"PAIRING_SECRET_KEY must be at least {SECRET_LENGTH} random characters")
    if any(word in secret.lower() for word in PLACEHOLDERS):
        raise BadSettings("PAIRING_SECRET_KEY still holds a placeholder: put random characters in its place")
    packed = len(zlib.compress(secret.encode(), 9))
    if len(set(secret)) < SECRET_LETTERS or packed < SECRET_PACKED or _is_sequence(secret.encode()):
        raise BadSettings(
            "PAIRING_SECRET_KEY repeats itself or counts up: put random characters in its place"
        )


def _is_sequence(text: bytes) -> bool:
    """Whether most characters follow their neighbour, as in abcdef or 54321."""
    steps = [abs(after - before) for before, after in pairwise(text)]
    return sum(step <= 1 for step in steps) * 2 > len(steps)


def _check_keys(settings: Settings) -> None:
    """Refuse keys that are guessed, used twice, or made for invented people."""
    keys = [*settings.field_keys.values(), settings.index_key]
    if any(len(set(key)) < KEY_BYTES or _is_sequence(key) for key in keys):
        raise BadSettings("PAIRING_FIELD_KEYS and PAIRING_INDEX_KEY must be random bytes")
    if len(set(keys)) < len(keys):
        raise BadSettings("PAIRING_FIELD_KEYS and PAIRING_INDEX_KEY must all differ from each other")
    spellings = {spelling for key in keys for spelling in (key, base64.b64encode(key), key.hex().encode())}
    if settings.secret_key.encode() in spellings:
        raise BadSettings("PAIRING_SECRET_KEY must differ from PAIRING_FIELD_KEYS and PAIRING_INDEX_KEY")
    if any(name.startswith(INVENTED) for name in settings.field_keys):
        raise BadSettings(
            "PAIRING_FIELD_KEYS holds a key of the demo: begin with `make setup`, not with its copy"
        )


def _check_site(settings: Settings) -> None:
    site = urlsplit(settings.site_url)
    if site.scheme != "https" or not site.hostname or site.path.strip("/") or site.query or site.username:
        raise BadSettings("PAIRING_SITE_URL must be the address people type, as https://pairing.example.cn")
    url = settings.database_url
    if url.startswith("sqlite") and (
        not urlsplit(url).path.strip("/") or ":memory:" in url or "mode=" in url
    ):
        raise BadSettings("DATABASE_URL names a database in memory, which forgets everything when it ends")


def _check_demo(settings: Settings) -> None:
    """Refuse a demo that looks like the real thing: its passwords are printed and its mail is public."""
    if settings.https or urlsplit(settings.site_url).scheme == "https":
        raise BadSettings(
            "PAIRING_DEMO=1 is never served by https: take PAIRING_DEMO out of the settings, or set "
            "PAIRING_HTTPS=0 and a PAIRING_SITE_URL of http://"
        )
    if settings.database_url == DEFAULT_DATABASE:
        raise BadSettings("PAIRING_DEMO=1 wants a database of its own: the default one is for real people")
    if settings.smtp_url and urlsplit(settings.smtp_url).hostname not in LOOPBACK:
        raise BadSettings(
            "PAIRING_DEMO=1 sends to a mail server on this machine only, not to PAIRING_SMTP_URL"
        )


def check_names(present: Iterable[str], known: Iterable[str]) -> None:
    """Refuse a variable that nobody reads: a typing error would leave the default in force."""
    names = {"PAIRING_SETTINGS", *known}
    for name in sorted(set(present) - names):
        if name.startswith("PAIRING_"):
            near = difflib.get_close_matches(name, names, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise BadSettings(f"{name} is not a setting{hint}")


def _names_in(path: Path) -> list[str]:
    return re.findall(r"^\s*(?:export\s+)?(\w+)\s*=", path.read_text("utf-8"), re.M) if path.exists() else []


def check_file(path: Path) -> None:
    """Refuse a file of secrets that other people of the machine may read, or change."""
    if os.name == "nt" or not path.exists():
        return
    if stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXO | stat.S_IWGRP):
        raise BadSettings(f"{path} holds the keys and others may read it: chmod 600 {path}")


def check_mode(settings: Settings, is_debug: bool, is_testing: bool) -> None:
    """Refuse to serve real people with the debugger or the switches of tests on."""
    if not settings.demo and (is_debug or is_testing):
        raise BadSettings(
            "FLASK_DEBUG and TESTING are for development: a debugger shows everything to everybody"
        )


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

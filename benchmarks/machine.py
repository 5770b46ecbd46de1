"""On what it was measured: cores and versions, and nothing that names the machine."""

import os
import platform
import sqlite3
import subprocess
from importlib.metadata import version

from tests.support import cluster

PACKAGES = ("numpy", "scipy", "sqlalchemy", "flask", "jinja2")
NO_SERVER = "no server of PostgreSQL"


def describe() -> str:
    """Return one line."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    cores = f"{os.cpu_count()} cores ({platform.machine()}), {_memory_gb():.0f} GB"
    return (
        f"{cores}, Python {platform.python_version()}, {packages}, "
        f"SQLite {sqlite3.sqlite_version}, {_postgres()}"
    )


def engines() -> tuple[str, ...]:
    """Return the engines that can be measured here; PostgreSQL needs its server programs."""
    return ("sqlite",) if _postgres() == NO_SERVER else ("sqlite", "postgresql")


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3


def _postgres() -> str:
    try:
        program = cluster.program("postgres")
    except RuntimeError:
        return NO_SERVER
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return f"PostgreSQL {told.split()[2]}"

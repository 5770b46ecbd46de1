"""A throwaway PostgreSQL server for one test run, started by the first test that asks for it."""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.leash import afterwards

SOFTER = {  # a crash of the test server costs nothing, so it need not wait for the disk
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
}
SUPERUSER = "postgres"  # makes the role of the app and does nothing else
OWNER = "pairing LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS"  # as in service: it owns its databases, no more
MISSING = "PostgreSQL's server programs were not found; please run: sudo apt-get install --yes postgresql"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one test process at a time make what all of them share."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def program(name: str) -> str:
    """Return the path of a server program, the newest Debian version first."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if not found:
        raise RuntimeError(MISSING)
    return found


def start(folder: Path) -> str:
    """Start the server in *folder* unless it runs already; return its address without a database's name."""
    data = folder / "postgres"
    if not (data / "postmaster.pid").exists():
        data.mkdir()
        if os.geteuid() == 0:  # PostgreSQL refuses to be run by root
            shutil.chown(data, "postgres")
        _run(
            "initdb",
            "-D",
            data,
            "-U",
            SUPERUSER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        afterwards(*as_owner("pg_ctl", "-D", data, "-m", "immediate", "stop"))
        options = " ".join(f"-c {name}={value}" for name, value in SOFTER.items())
        _run("pg_ctl", "-D", data, "-l", data / "log", "-w", "-o", f"-k {data} {options}", "start")
        _run("psql", "-h", data, "-U", SUPERUSER, "-d", "postgres", "-c", f"CREATE ROLE {OWNER}")
    return f"postgresql+psycopg://pairing@/{{}}?host={data}"


def stop(folder: Path) -> None:
    """Stop the server if one was started; what it holds is thrown away."""
    data = folder / "postgres"
    if (data / "postmaster.pid").exists():
        _run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def as_owner(name: str, *arguments: str | Path) -> list[str]:
    """Return how the owner of the server runs a program of it."""
    command = [program(name), *map(str, arguments)]
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def _run(name: str, *arguments: str | Path) -> None:
    done = subprocess.run(
        as_owner(name, *arguments),
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        raise RuntimeError(f"{name} failed: {done.stdout.decode()}")

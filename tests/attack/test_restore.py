"""The restore drill: a copy of a large register is back in time, whole, sealed, and sends nothing."""

import os
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import func, select

from pairing import clock
from pairing.db import current_session, transaction
from pairing.demo.services import Size, seed_registers
from pairing.households.models import Household
from pairing.outbox.services import is_released
from tests.support import cluster, databases

HOUSEHOLDS = int(os.environ.get("PAIRING_ATTACK_HOUSEHOLDS", "60"))
SOON_S = {"sqlite": 60, "postgresql": 300}


def fill(app):
    """Invent a register of so many households, and let the scheduler say where the database sends from."""
    size = Size(HOUSEHOLDS, 0, 0, 0, volunteers=6, companies=1)
    with app.app_context(), transaction() as session:
        seed_registers(session, clock.today(), clock.now(), size)
        is_released(session, clock.now())


def restore_sqlite(url, folder):
    """Copy the file while it is in use, as the documents say."""
    copy = folder / "restored.sqlite3"
    path = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return f"sqlite:///{copy}"


def restore_postgresql(url, folder):
    """Dump as the server's administrator, who sees every row; restore into a new database."""
    plain, dump = url.replace("+psycopg", ""), folder / "dump"
    empty = databases.fresh_database("postgresql")
    command = [cluster.program("pg_dump"), "-Fc", "-U", cluster.SUPERUSER, "-f", dump, _nameless(plain)]
    subprocess.run(command, check=True, timeout=600)
    again = ["-d", _nameless(empty), "-U", cluster.SUPERUSER, "--clean", "--if-exists", "--no-owner"]
    owner = f"--role={plain.split('//')[1].split('@')[0]}"
    subprocess.run([cluster.program("pg_restore"), *again, owner, dump], check=True, timeout=600)
    return empty


def _nameless(url):
    """Return the address without the name of the role."""
    scheme, _, rest = url.replace("+psycopg", "").partition("//")
    return f"{scheme}//{rest.partition('@')[2]}"


def test_a_restored_copy_is_whole_and_silent(live_app, engine_name, tmp_path):
    fill(live_app)
    began = time.monotonic()

    restore = restore_sqlite if engine_name == "sqlite" else restore_postgresql
    copy = databases.build_app(restore(live_app.config["SQLALCHEMY_DATABASE_URI"], Path(tmp_path)))
    took = time.monotonic() - began

    verified = copy.test_cli_runner().invoke(args=["audit", "verify"])
    with copy.app_context(), transaction() as session:
        count = session.scalar(select(func.count()).select_from(Household))
        is_held = not is_released(current_session(), clock.now())
    databases.close(copy)
    print(f"{engine_name}: {count:,} households back after {took:.1f} s; {verified.output.strip()}")  # noqa: T201
    assert (count, is_held, verified.exit_code) == (HOUSEHOLDS, True, 0)
    assert took < SOON_S[engine_name]

"""Scratch databases on both engines, and settings for them made in code."""

import base64
import secrets
import shutil
from pathlib import Path
from typing import Any

from tests.support import cluster

ENGINES = ("sqlite", "postgresql")


class Engine:
    """One database engine, with a folder for its scratch databases."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        is_server = name == "postgresql"
        self.address = cluster.start(folder) if is_server else f"sqlite:///{folder}/{{}}.sqlite3"
        self.secrets = _secrets()

    def settings(self, database: str) -> dict[str, Any]:
        """Return the settings of an app on *database*, ready for JSON."""
        return {**self.secrets, "database_url": self.address.format(database)}

    def create(self, database: str) -> None:
        """Make an empty database; SQLite makes its file by itself."""
        if self.name == "postgresql":
            self._execute(f"CREATE DATABASE {database}")

    def copy(self, source: str, target: str) -> None:
        """Make *target* a copy of *source*, which nobody has open."""
        if self.name == "postgresql":
            self._execute(f"CREATE DATABASE {target} TEMPLATE {source}")
        else:
            shutil.copyfile(self.folder / f"{source}.sqlite3", self.folder / f"{target}.sqlite3")

    def stop(self) -> None:
        """End the server if this engine has one."""
        if self.name == "postgresql":
            cluster.stop(self.folder)

    def _execute(self, statement: str) -> None:
        import psycopg  # not needed where PostgreSQL is not installed

        address = self.address.format("postgres").replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(statement)


def _secrets() -> dict[str, Any]:
    key, index_key = (base64.b64encode(secrets.token_bytes(32)).decode() for _ in range(2))
    return {"secret_key": secrets.token_urlsafe(48), "field_keys": {"k1": key}, "index_key": index_key}

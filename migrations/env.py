"""How Alembic meets the app: one engine, batch mode on SQLite, plain types in the scripts."""

import logging
import pkgutil
from importlib import import_module
from logging.config import fileConfig

from alembic import context
from flask import current_app
from sqlalchemy import Connection, Enum, LargeBinary

import pairing
from pairing.db import UtcDateTime
from pairing.privacy.sealed import Sealed

config = context.config
if config.config_file_name and not logging.getLogger().handlers:
    fileConfig(config.config_file_name, disable_existing_loggers=False)
for module in pkgutil.walk_packages(pairing.__path__, "pairing."):
    if module.name.endswith(".models"):
        import_module(module.name)
db = current_app.extensions["migrate"].db


def render_item(type_, item, autogen_context):
    """Write plain types, so that a script does not change when the app's types do."""
    if type_ != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, Sealed):
        return "sa.LargeBinary()"
    if isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


def compare_type(context_, column, metadata_column, inspected, declared):
    """Compare what the database holds, not how Python sees it."""
    if isinstance(declared, Enum):
        return inspected.length != declared.length
    if isinstance(declared, Sealed):
        return not isinstance(inspected, LargeBinary)
    if isinstance(declared, UtcDateTime):
        return False
    return None


def drop_empty(context_, revision, directives):
    """Make no script when nothing changed."""
    if getattr(config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def migrate(connection: Connection) -> None:
    """Run the scripts; SQLite rebuilds tables, so its foreign keys rest and are checked afterwards."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        _set_foreign_keys(connection, "OFF")
    else:  # scripts that move data must see it
        connection.exec_driver_sql("SELECT set_config('pairing.role', 'machine', false)")
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        render_item=render_item,
        compare_type=compare_type,
        process_revision_directives=drop_empty,
    )
    with context.begin_transaction():
        context.run_migrations()
    if not sqlite:
        connection.exec_driver_sql("RESET pairing.role")
        connection.commit()
    if sqlite:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the migration leaves {len(broken)} rows without their parents")
        connection.commit()
        _set_foreign_keys(connection, "ON")


def _set_foreign_keys(connection: Connection, state: str) -> None:
    """Set the pragma past the engine, which would open a transaction first: inside one it does nothing."""
    connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={state}")


with db.engine.connect() as connection:
    migrate(connection)

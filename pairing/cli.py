"""The commands of ``flask``."""

from importlib import import_module

from flask import Flask

GROUPS = (
    "audit.cli:audit",
    "outbox.cli:outbox",
    "areas.cli:areas",
    "rotation.cli:keys",
    "accounts.cli:accounts",
    "rosters.cli:rosters",
    "matching.cli:matching",
    "review.cli:review",
    "visits.cli:visits",
    "retention.cli:retention",
    "subject_requests.cli:workdays",
    "demo.cli:demo",
)


def add_commands(app: Flask) -> None:
    """Hang every feature's commands on the app, and the scheduler beside them."""
    for path in (*GROUPS, "insight.cli:health", "scheduler:scheduler"):
        module, name = path.split(":")
        app.cli.add_command(getattr(import_module(f"pairing.{module}"), name))

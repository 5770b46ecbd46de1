"""``flask rosters``."""

from flask.cli import AppGroup

rosters = AppGroup("rosters", help="rosters")

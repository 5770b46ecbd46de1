"""``flask visits``."""

from flask.cli import AppGroup

visits = AppGroup("visits", help="visits")

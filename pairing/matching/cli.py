"""``flask matching``."""

from flask.cli import AppGroup

matching = AppGroup("matching", help="matching")

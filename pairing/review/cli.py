"""``flask review``."""

from flask.cli import AppGroup

review = AppGroup("review", help="review")

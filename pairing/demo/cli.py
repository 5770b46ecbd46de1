"""``flask demo``."""

from flask.cli import AppGroup

demo = AppGroup("demo", help="demo")

"""Pages of pairings."""

from flask import Blueprint

bp = Blueprint("pairings", __name__, url_prefix="/pairings")

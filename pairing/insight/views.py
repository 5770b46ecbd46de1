"""Pages of insight."""

from flask import Blueprint

bp = Blueprint("insight", __name__, url_prefix="/insight")

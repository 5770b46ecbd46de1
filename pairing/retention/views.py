"""What is kept how long: the rules, the last run, and what the next one takes."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from pairing import clock
from pairing.db import current_session
from pairing.retention.queries import count_due, last_run
from pairing.retention.rules import RULES, days_of

bp = Blueprint("retention", __name__)


@bp.get("/retention")
def show_retention() -> ResponseReturnValue:
    """The table of rules with its figures; counts only, of nobody."""
    session, settings = current_session(), current_app.config["PAIRING"].keep_days
    return render_template(
        "retention/show.html",
        rules=[(rule, days_of(rule, settings)) for rule in RULES],
        due=count_due(session, clock.now(), settings),
        last=last_run(session),
    )

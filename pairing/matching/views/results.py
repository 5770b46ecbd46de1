"""Steps 2 and 3: what a run found, in numbers and one by one."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pairing.accounts.queries import get_scoped
from pairing.areas.queries import area_path
from pairing.db import current_session
from pairing.households.models import Urgency
from pairing.matching.models import MatchingRun
from pairing.matching.queries import cards, runs
from pairing.matching.rules.funnel import STEP_LABELS
from pairing.matching.rules.prices import TIERS
from pairing.matching.views.blueprint import bp
from pairing.web.form import BaseForm
from pairing.web.paging import requested_page


@bp.get("/<int:run_id>")
def show_run(run_id: int) -> ResponseReturnValue:
    """Step 2: the preview in numbers."""
    session = current_session()
    run = get_scoped(session, MatchingRun, run_id, current_user)
    tiers = [(Urgency(tier), run.summary["tiers"].get(tier)) for tier in reversed(TIERS)]
    return _page("run", run, tiers=tiers, places=cards.list_places(session, run))


@bp.get("/<int:run_id>/pairs")
def list_pairs(run_id: int) -> ResponseReturnValue:
    """Step 3: the pairs with their reasons."""
    session = current_session()
    run = get_scoped(session, MatchingRun, run_id, current_user)
    page = requested_page(session, cards.select_pairs(run))
    rows = cards.list_pair_cards(session, page.rows, runs.weights_of(session, [run.id]))
    return _page("pairs", run, page=page, cards=rows)


@bp.get("/<int:run_id>/grants")
def list_grants(run_id: int) -> ResponseReturnValue:
    """Step 3 of a run of money: what each pledge would pay for."""
    session = current_session()
    run = get_scoped(session, MatchingRun, run_id, current_user)
    page = requested_page(session, cards.select_run_grants(run))
    rows = cards.list_run_grant_cards(session, page.rows)
    return _page("grants", run, page=page, cards=rows)


@bp.get("/<int:run_id>/unserved")
def list_unserved(run_id: int) -> ResponseReturnValue:
    """Step 3: the households without a volunteer, and the rule that left too few."""
    session = current_session()
    run = get_scoped(session, MatchingRun, run_id, current_user)
    page = requested_page(session, cards.select_unserved(run))
    rows = cards.list_unserved_cards(session, page.rows)
    return _page("unserved", run, page=page, cards=rows, step_labels=STEP_LABELS)


def _page(name: str, run: MatchingRun, **values: object) -> str:
    session = current_session()
    counts, path = cards.count_rows(session, run), area_path(session, run.area_code)
    return render_template(
        f"matching/{name}.html", run=run, counts=counts, path=path, form=BaseForm(), here=name, **values
    )

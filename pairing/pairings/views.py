"""The list of pairings."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pairing.areas.models import AreaLevel
from pairing.areas.queries import area_names, list_areas
from pairing.db import current_session
from pairing.pairings import queries
from pairing.pairings.models import PairingStatus
from pairing.web.paging import requested_page

bp = Blueprint("pairings", __name__, url_prefix="/pairings")


@bp.get("")
def list_pairings() -> ResponseReturnValue:
    """Pairings of the area, the living ones or those that ended."""
    session, area = current_session(), request.args.get("area", "")
    status = PairingStatus.ENDED if request.args.get("status") == "ended" else PairingStatus.ACTIVE
    found = queries.select_pairings(current_user, status, area)
    page = requested_page(session, found)
    areas = list_areas(session, current_user.scope_code, AreaLevel.COMMUNITY)
    names = area_names(session, current_user.scope_code)
    return render_template(
        "pairings/list.html", page=page, status=status, area=area, areas=areas, names=names
    )

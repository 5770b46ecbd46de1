"""Requests lie where the household, the volunteer or the company lies now."""

from typing import Any

from sqlalchemy import Select, select

from pairing.areas.services import follow
from pairing.enterprises.models import Enterprise
from pairing.households.models import Household
from pairing.subject_requests.models import About, SubjectRequest
from pairing.volunteers.models import Volunteer


def _about(about: About, row_id: int) -> Select[Any]:
    return select(SubjectRequest).where(SubjectRequest.about == about, SubjectRequest.about_id == row_id)


follow(Household, lambda row_id: _about(About.HOUSEHOLD, row_id))
follow(Volunteer, lambda row_id: _about(About.VOLUNTEER, row_id))
follow(Enterprise, lambda row_id: _about(About.ENTERPRISE, row_id))

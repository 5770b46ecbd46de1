"""Proposals lie where the household lies now."""

from sqlalchemy import select

from pairing.areas.services import follow
from pairing.households.models import Household
from pairing.matching.models import Grant, Proposal

follow(Household, lambda home: select(Proposal).where(Proposal.household_id == home))
follow(Household, lambda home: select(Grant).where(Grant.household_id == home))

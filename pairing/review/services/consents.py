"""A household takes a consent back."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.consents import services as consents
from pairing.consents.models import Consent
from pairing.consents.rules import Purpose, WithdrawnHow
from pairing.review.queries.consents import list_photos_of


def withdraw_consent(
    session: Session, consent: Consent, how: WithdrawnHow, on: date, by: User, now: datetime
) -> None:
    """Note that a household takes its yes back; photos of it are kept no longer than that day.

    Pairings and proposals are ended by staff, who hear of it: ending one needs words with both sides.
    """
    consents.withdraw_consent(session, consent, how, on, by, now)
    if consent.purpose is Purpose.PHOTO:
        for photo in list_photos_of(session, consent.household_id):
            photo.kept_until = min(photo.kept_until, on)

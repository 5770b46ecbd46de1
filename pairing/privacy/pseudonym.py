"""Names for households that say nothing, the same for one company and others for every other."""

import hashlib
import hmac

from pairing.privacy.keys import key_ring
from pairing.wording import Wording, _

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32, none that looks like another
LENGTH = 5


def pseudonym(enterprise_id: int, household_id: int) -> Wording:
    """Return the name under which a company sees a household: "家庭 7K3QM"."""
    place = f"pseudonym\0{enterprise_id}\0{household_id}".encode()
    digest = hmac.digest(key_ring().index_key, place, hashlib.sha256)
    return _("家庭 %(code)s", code="".join(LETTERS[byte % len(LETTERS)] for byte in digest[:LENGTH]))

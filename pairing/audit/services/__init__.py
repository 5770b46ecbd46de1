"""Writing the trail: deeds by `record`, changed fields by themselves, and a chain that seals both."""

from pairing.audit.services.actors import Actor, act_as, stop_acting
from pairing.audit.services.bulk import in_bulk
from pairing.audit.services.hooks import listen_to
from pairing.audit.services.reads import is_read_lately, record_read
from pairing.audit.services.recording import record, record_many
from pairing.audit.services.refusals import record_refusal
from pairing.audit.services.verifying import Verdict, verify
from pairing.audit.services.witness import Witness

__all__ = [
    "Actor",
    "Verdict",
    "Witness",
    "act_as",
    "in_bulk",
    "is_read_lately",
    "listen_to",
    "record",
    "record_many",
    "record_read",
    "record_refusal",
    "stop_acting",
    "verify",
]

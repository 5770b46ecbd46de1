"""Messages are laid down with the deed that causes them; e-mails are carried out by a worker afterwards."""

from pairing.outbox.services.delivery import beat, claim_mails, mark_failed, mark_sent, retry_message
from pairing.outbox.services.messages import (
    Letter,
    channels,
    mark_all_read,
    mark_read,
    send,
    send_many,
    tell,
)

__all__ = [
    "Letter",
    "beat",
    "channels",
    "claim_mails",
    "mark_all_read",
    "mark_failed",
    "mark_read",
    "mark_sent",
    "retry_message",
    "send",
    "send_many",
    "tell",
]

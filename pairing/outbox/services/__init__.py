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
from pairing.outbox.services.releasing import count_batch, is_released, keep_place, release

__all__ = [
    "Letter",
    "beat",
    "channels",
    "claim_mails",
    "count_batch",
    "is_released",
    "keep_place",
    "mark_all_read",
    "mark_failed",
    "mark_read",
    "mark_sent",
    "release",
    "retry_message",
    "send",
    "send_many",
    "tell",
]

"""Pages of accounts: signing in, one's own account, the accounts of staff, invitations."""

from pairing.accounts.views import door, factor, invitations, own, own_sessions, people
from pairing.accounts.views.cookies import bp

__all__ = ["bp", "door", "factor", "invitations", "own", "own_sessions", "people"]

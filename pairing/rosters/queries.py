"""Finding imports."""

from sqlalchemy import Select, select

from pairing.accounts.models import User
from pairing.accounts.queries import scoped
from pairing.rosters.models import RosterImport


def list_imports(by: User) -> Select[RosterImport]:
    """Return the statement for the imports in the scope of *by*, newest first."""
    found = scoped(select(RosterImport), RosterImport, by)
    return found.order_by(RosterImport.created_at.desc(), RosterImport.id.desc())

"""People who sign in."""

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pairing.accounts.rules import Role
from pairing.db import Base
from pairing.privacy.sealed import Sealed
from pairing.wording import Labelled, _


class AccountStatus(Labelled):
    """Whether the person may sign in."""

    PENDING = "pending", _("待审核")
    ACTIVE = "active", _("正常")
    REFUSED = "refused", _("未通过")
    DISABLED = "disabled", _("已停用")


def new_token() -> str:
    """Return a random value that names a signed-in person; a new one ends all sessions."""
    return secrets.token_urlsafe(32)


class User(Base):
    """A person who signs in, with the area (a code prefix) that the person may see."""

    __tablename__ = "user_account"
    id: Mapped[int] = mapped_column(primary_key=True)
    sign_in_name: Mapped[str] = mapped_column(String(120), unique=True)
    display_name: Mapped[str]
    email: Mapped[str | None] = mapped_column(Sealed("user_account.email"))
    role: Mapped[Role]
    scope_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    status: Mapped[AccountStatus] = mapped_column(index=True)
    password_hash: Mapped[str]
    auth_token: Mapped[str] = mapped_column(unique=True, default=new_token)
    failed_count: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    last_sign_in_at: Mapped[datetime | None]

    @property
    def area_code(self) -> str:
        """The place of the account, for scope and trail."""
        return self.scope_code

    # what Flask-Login asks of a user
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Only an approved account signs in."""
        return self.status is AccountStatus.ACTIVE

    def get_id(self) -> str:
        """Name the session by the random token, not by the row."""
        return self.auth_token

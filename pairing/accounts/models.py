"""People who sign in."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
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
    password_hash: Mapped[str | None]  # None until an invitation was followed
    totp_secret: Mapped[str | None] = mapped_column(Sealed("user_account.totp_secret"))
    totp_last_step: Mapped[int | None]  # of the last code that was accepted; older ones are used up
    created_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    last_sign_in_at: Mapped[datetime | None]
    anonymised_at: Mapped[datetime | None]

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
        """Name no session: the views put the session's own token into the cookie."""
        return ""


class EndReason(Labelled):
    """Why a session is over."""

    SIGNED_OUT = "signed_out", _("本人退出")
    ENDED_ELSEWHERE = "ended_elsewhere", _("在其他设备上退出")
    PASSWORD = "password", _("修改密码")
    FACTOR = "factor", _("更换验证方式")
    ROLE = "role", _("角色或范围变更")
    DISABLED = "disabled", _("账号停用")


class SignInSession(Base):
    """A browser that is signed in, or (not *is_full*) one that has the password right and owes a code.

    Browser and address are kept for the person alone, to tell the own sign-ins from a stranger's;
    they go with the row.
    """

    __tablename__ = "sign_in_session"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    is_full: Mapped[bool]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[EndReason | None]
    browser: Mapped[str] = mapped_column(String(60), default="")  # "Chrome · Android"
    address: Mapped[str | None] = mapped_column(Sealed("sign_in_session.address"))
    offered_secret: Mapped[str | None] = mapped_column(Sealed("sign_in_session.offered_secret"))


class SignInFailure(Base):
    """Failures in a row under a typed name, whether it is anybody's or not, or with a person's codes."""

    __tablename__ = "sign_in_failure"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)  # keyed fingerprint
    count: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(index=True)
    locked_until: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code for the day when the telephone is lost; it works once."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("user_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    number: Mapped[int]  # 0-9, the first figure of the code
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None]


class Invitation(Base):
    """A link by which a person chooses a password, once; *resets_factor* also takes the second factor off."""

    __tablename__ = "invitation"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    resets_factor: Mapped[bool]
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]

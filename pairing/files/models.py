"""Files that people have sent.

They lie in the database, not in a folder: one backup holds everything, every machine sees the same, a
file comes and goes in the transaction of its deed, and it is sealed by the same keys as the registers.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pairing.db import Base
from pairing.files.rules.kinds import FileKind
from pairing.privacy.sealed import Sealed


class StoredFile(Base):
    """A file that was looked through; who may fetch it is told by the record that owns it."""

    __tablename__ = "stored_file"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)  # random; the name in an address
    kind: Mapped[FileKind]
    size: Mapped[int]  # bytes of the content
    sha256: Mapped[str] = mapped_column(String(64))
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    content: Mapped[str] = mapped_column(Sealed("stored_file.content"), deferred=True)  # base64
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    kept_until: Mapped[date] = mapped_column(index=True)  # the last day

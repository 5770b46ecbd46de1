"""Administrative areas: district, subdistrict, community."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pairing.db import Base
from pairing.wording import Labelled, _


class AreaLevel(Labelled):
    """The level of an area, by the length of its code."""

    CITY = "city", _("市")
    DISTRICT = "district", _("区")
    SUBDISTRICT = "subdistrict", _("街道")
    COMMUNITY = "community", _("社区")


class Area(Base):
    """An area of GB/T 2260 and its finer codes; never deleted, because files survive mergers."""

    __tablename__ = "area"
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str]
    level: Mapped[AreaLevel]
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"), index=True)
    valid_to: Mapped[date | None]
    successor_code: Mapped[str | None] = mapped_column(String(12))

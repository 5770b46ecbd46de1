"""Households in hard times: the file, its members, its needs."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pairing.db import Base, Fen
from pairing.privacy.sealed import Sealed
from pairing.values.needs import Category as Category
from pairing.values.needs import NeedType as NeedType
from pairing.values.people import Gender
from pairing.wording import Labelled, _


class HouseholdStatus(Labelled):
    """Whether help goes on."""

    OPEN = "open", _("在册")
    CLOSED = "closed", _("已退出")


class HardshipCause(Labelled):
    """Why the household is in hard times."""

    ILLNESS = "illness", _("因病")
    DISABILITY = "disability", _("因残")
    STUDY = "study", _("因学")
    UNEMPLOYMENT = "unemployment", _("失业")
    ACCIDENT = "accident", _("意外事故")
    DISASTER = "disaster", _("灾害")
    NO_LABOUR = "no_labour", _("缺劳力")
    OLD_AGE = "old_age", _("年老")
    BEREAVEMENT = "bereavement", _("丧亲")
    HOUSING = "housing", _("住房困难")
    OTHER = "other", _("其他")


class Urgency(Labelled):
    """Who is served first."""

    RED = "red", _("红·紧急")
    YELLOW = "yellow", _("黄·较急")
    BLUE = "blue", _("蓝·关注")
    NONE = "none", _("一般")


class GenderWish(Labelled):
    """Whom the household would like at its door."""

    ANY = "any", _("不限")
    FEMALE = "female", _("希望女志愿者")
    MALE = "male", _("希望男志愿者")


class NeedStatus(Labelled):
    """Whether a need is still to be met."""

    OPEN = "open", _("待解决")
    MET = "met", _("已解决")
    DROPPED = "dropped", _("不再需要")


class Household(Base):
    """One household, one file (一户一档)."""

    __tablename__ = "household"
    __table_args__ = (
        Index("ix_household_list", "area_code", "status", "registered_on"),
        Index("ix_household_place", "id", "area_code", unique=True),  # what moves with it points here
        CheckConstraint("visitors_wanted between 0 and 9", name="visitors_wanted"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    file_no: Mapped[str] = mapped_column(String(40), unique=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    status: Mapped[HouseholdStatus]
    head_name: Mapped[str] = mapped_column(String(60))
    head_pinyin: Mapped[str]  # search keys, see privacy.pinyin
    category: Mapped[Category] = mapped_column(index=True)
    cause: Mapped[HardshipCause | None]
    urgency: Mapped[Urgency] = mapped_column(index=True)
    member_count: Mapped[int]  # people who live together, the head included, as declared
    monthly_income_fen: Mapped[Fen | None]  # per head
    address: Mapped[str] = mapped_column(Sealed("household.address"))
    phone: Mapped[str | None] = mapped_column(Sealed("household.phone"))
    phone_index: Mapped[bytes | None] = mapped_column(LargeBinary(16), index=True)
    visitors_wanted: Mapped[int] = mapped_column(default=1)  # 2 where a home asks for two people
    half_days: Mapped[int] = mapped_column(default=0)  # 0: any time suits
    gender_wish: Mapped[GenderWish] = mapped_column(default=GenderWish.ANY)
    language_wish: Mapped[str] = mapped_column(String(20), default="")  # "胶东话"
    note: Mapped[str] = mapped_column(Sealed("household.note"), default="")  # illness stands here
    registered_on: Mapped[date]
    closed_on: Mapped[date | None]
    anonymised_at: Mapped[datetime | None]  # from then on nobody can tell whose file it was
    age_bands: Mapped[dict[str, int] | None] = mapped_column(JSON)  # who lived there: {"female 60-69": 1}
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    members: Mapped[list["Member"]] = relationship(order_by="Member.id", cascade="all, delete-orphan")
    needs: Mapped[list["Need"]] = relationship(order_by="Need.id", cascade="all, delete-orphan")
    __mapper_args__ = {"version_id_col": version}


class Member(Base):
    """A person who lives in the household; exactly one is its head."""

    __tablename__ = "member"
    __table_args__ = (
        Index(
            "one_head",
            "household_id",
            unique=True,
            sqlite_where=text("is_head"),
            postgresql_where=text("is_head"),
        ),
        Index(
            "one_file_per_head",
            "identity_index",
            unique=True,
            sqlite_where=text("is_head"),
            postgresql_where=text("is_head"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    is_head: Mapped[bool]
    name: Mapped[str] = mapped_column(String(60))
    relation: Mapped[str] = mapped_column(String(20))  # to the head, as the family says it: 配偶, 孙女
    identity_number: Mapped[str] = mapped_column(Sealed("member.identity_number"))
    identity_index: Mapped[bytes] = mapped_column(LargeBinary(16), index=True)
    birth_on: Mapped[date]
    gender: Mapped[Gender]


class Need(Base):
    """Something the household lacks; with an amount it can be paid for from a pledge."""

    __tablename__ = "need"
    __table_args__ = (
        Index("ix_need_open", "household_id", "status"),
        CheckConstraint("amount_fen is null or amount_fen > 0", name="amount_positive"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    need_type: Mapped[NeedType]
    status: Mapped[NeedStatus]
    amount_fen: Mapped[Fen | None]  # None: time and skill are asked for, not money
    is_splittable: Mapped[bool] = mapped_column(default=True)  # several companies may share it
    note: Mapped[str] = mapped_column(Sealed("need.note"), default="")
    created_at: Mapped[datetime]

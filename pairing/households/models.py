"""Households in hard times: the file, its members, its needs."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pairing.db import Base, Fen
from pairing.privacy.sealed import Sealed
from pairing.values.people import Gender
from pairing.wording import Labelled, _


class HouseholdStatus(Labelled):
    """Whether help goes on."""

    OPEN = "open", _("在册")
    CLOSED = "closed", _("已退出")


class Category(Labelled):
    """Category of the household (domain: layering in use since 2023)."""

    DIBAO = "dibao", _("最低生活保障家庭")
    TEKUN = "tekun", _("特困供养人员")
    DIBAO_MARGINAL = "dibao_marginal", _("低保边缘家庭")
    EXPENDITURE_POOR = "expenditure_poor", _("刚性支出困难家庭")
    MAJOR_ILLNESS = "major_illness", _("大病困难家庭")
    DISABLED = "disabled", _("残疾人家庭")
    FAMILY_PLANNING_SPECIAL = "family_planning_special", _("计生特殊家庭")
    LIVING_ALONE = "living_alone", _("独居老人")
    LONELY_ELDER = "lonely_elder", _("孤寡老人")
    CHILD_IN_NEED = "child_in_need", _("困境儿童")
    OTHER_LOW_INCOME = "other_low_income", _("其他困难家庭")


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


class NeedType(Labelled):
    """What the household lacks."""

    MEDICAL = "medical", _("就医")
    EMPLOYMENT = "employment", _("就业")
    SCHOOLING = "schooling", _("上学")
    CARE = "care", _("照护")
    HOUSING = "housing", _("住房")
    LIVING_SUPPLIES = "living_supplies", _("生活用品")
    PSYCHOLOGICAL = "psychological", _("心理慰藉")
    LEGAL = "legal", _("法律")
    POLICY_AGENCY = "policy_agency", _("政策代办")
    COMPANIONSHIP = "companionship", _("陪伴")
    HOME_REPAIR = "home_repair", _("维修")
    OTHER = "other", _("其他")


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
    note: Mapped[str] = mapped_column(Text, default="")
    registered_on: Mapped[date]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    members: Mapped[list["Member"]] = relationship(order_by="Member.id", cascade="all, delete-orphan")
    needs: Mapped[list["Need"]] = relationship(order_by="Need.id", cascade="all, delete-orphan")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class Member(Base):
    """A person who lives in the household; exactly one is its head."""

    __tablename__ = "member"
    __table_args__ = (
        Index(
            "one_head", "household_id", unique=True, sqlite_where=text("is_head"), postgresql_where=text("is_head")
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
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]

"""Volunteers, many of them party members."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pairing.db import Base
from pairing.privacy.sealed import Sealed
from pairing.values.people import Gender
from pairing.wording import Labelled, _


class VolunteerStatus(Labelled):
    """Whether the volunteer can be asked."""

    PENDING = "pending", _("待审核")
    ACTIVE = "active", _("可结对")
    PAUSED = "paused", _("暂停")
    REFUSED = "refused", _("未通过")
    LEFT = "left", _("已退出")


class Skill(Labelled):
    """What a volunteer can do."""

    COMPANIONSHIP = "companionship", _("陪伴聊天")
    CARE = "care", _("照料")
    TUTORING = "tutoring", _("课业辅导")
    REPAIR = "repair", _("水电维修")
    MEDICAL = "medical", _("医疗护理")
    PSYCHOLOGICAL = "psychological", _("心理咨询")
    LEGAL = "legal", _("法律咨询")
    JOB_GUIDANCE = "job_guidance", _("就业指导")


class Reach(Labelled):
    """How far from home the volunteer goes."""

    COMMUNITY = "community", _("本社区")
    SUBDISTRICT = "subdistrict", _("本街道")
    DISTRICT = "district", _("全区")


REACH_DIGITS = {Reach.COMMUNITY: 12, Reach.SUBDISTRICT: 9, Reach.DISTRICT: 6}  # of the area code that stay


class PoliticalStatus(Labelled):
    """GB/T 4762, kept only for people who say it."""

    PARTY_MEMBER = "01", _("中共党员")
    PROBATIONARY = "02", _("中共预备党员")
    LEAGUE_MEMBER = "03", _("共青团员")
    OTHER_PARTY = "04", _("民主党派")
    NO_PARTY = "12", _("无党派人士")
    MASSES = "13", _("群众")


class Volunteer(Base):
    """A person who visits households; signs in once there is an account."""

    __tablename__ = "volunteer"
    __table_args__ = (
        Index("ix_volunteer_list", "area_code", "status", "registered_on"),
        CheckConstraint("capacity between 0 and 20", name="capacity"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), unique=True)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), unique=True)  # who waits
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))  # the community where the volunteer lives
    status: Mapped[VolunteerStatus]
    name: Mapped[str] = mapped_column(String(60))
    name_pinyin: Mapped[str]
    gender: Mapped[Gender]
    birth_on: Mapped[date]
    identity_number: Mapped[str] = mapped_column(Sealed("volunteer.identity_number"))
    identity_index: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    phone: Mapped[str] = mapped_column(Sealed("volunteer.phone"))
    phone_index: Mapped[bytes] = mapped_column(LargeBinary(16), index=True)
    political_status: Mapped[PoliticalStatus | None]
    party_branch: Mapped[str] = mapped_column(String(100), default="")
    reach: Mapped[Reach] = mapped_column(default=Reach.SUBDISTRICT)
    capacity: Mapped[int] = mapped_column(default=1)  # households at the same time
    half_days: Mapped[int]
    languages: Mapped[str] = mapped_column(String(60), default="")  # "胶东话 英语"
    note: Mapped[str] = mapped_column(Text, default="")
    registered_on: Mapped[date]
    left_on: Mapped[date | None]
    anonymised_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    skills: Mapped[list["VolunteerSkill"]] = relationship(
        order_by="VolunteerSkill.skill", cascade="all, delete-orphan"
    )
    __mapper_args__ = {"version_id_col": version}


class VolunteerSkill(Base):
    """One skill of one volunteer."""

    __tablename__ = "volunteer_skill"
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), primary_key=True)
    skill: Mapped[Skill] = mapped_column(primary_key=True, index=True)

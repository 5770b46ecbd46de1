"""Seeding an invented district of real size through the same deeds that people do."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle, islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing.accounts.models import AccountStatus, User
from pairing.accounts.rules import DEMO_SECRET, NEEDS_FACTOR, Role
from pairing.accounts.services import hasher
from pairing.areas.models import AreaLevel
from pairing.areas.queries import is_empty, list_areas
from pairing.areas.services import SHIPPED, import_areas
from pairing.demo.rules import Inventor
from pairing.enterprises.models import Enterprise, EnterpriseStatus
from pairing.enterprises.services import EnterpriseValues, PledgeValues, add_pledge, register_enterprise
from pairing.households.models import Category, GenderWish, HardshipCause, NeedType, Urgency
from pairing.households.services import (
    HouseholdValues,
    MemberValues,
    NeedValues,
    register_households,
)
from pairing.values.people import Gender
from pairing.volunteers.models import PoliticalStatus, Reach, Skill, Volunteer, VolunteerStatus
from pairing.volunteers.services import VolunteerValues, register_volunteer, register_volunteers

DISTRICT = "370202"
PASSWORD = "demo-pairing-2026"  # noqa: S105 - printed on the first page of the demo
SEED = 20180410
OTHERS = (Category.TEKUN, Category.DISABLED, Category.LIVING_ALONE, Category.FAMILY_PLANNING_SPECIAL)
YUAN = 100


@dataclass(frozen=True)
class Size:
    """How many of each are invented; the default is the district of 2018."""

    dibao: int = 2447
    dibao_marginal: int = 151
    major_illness: int = 133
    others: int = 300
    volunteers: int = 3000
    companies: int = 60


DISTRICT_SIZE = Size()


def seed_registers(session: Session, today: date, now: datetime, size: Size = DISTRICT_SIZE) -> User:
    """Fill areas, accounts and the three registers; return the district's administrator."""
    if is_empty(session):
        import_areas(session, SHIPPED)
    inventor = Inventor(SEED, today)
    admin = _seed_staff(session, now)
    communities = [area.code for area in list_areas(session, DISTRICT, AreaLevel.COMMUNITY)]
    register_households(session, _households(inventor, communities, size), admin, now)
    volunteers = register_volunteers(session, _volunteers(inventor, communities, size.volunteers), admin, now)
    _give_accounts(session, volunteers, now)
    _seed_companies(session, inventor, communities, admin, size.companies, now)
    _seed_applicants(session, inventor, communities, size.companies + 1, now)
    return admin


def _account(name: str, role: Role, scope: str, title: str, password_hash: str, now: datetime) -> User:
    """Make one account; all share one hash, since hashing 1,000 passwords would take minutes."""
    return User(
        sign_in_name=name,
        display_name=title,
        email=f"{name}@example.invalid",
        role=role,
        scope_code=scope,
        status=AccountStatus.ACTIVE,
        password_hash=password_hash,
        totp_secret=DEMO_SECRET if role in NEEDS_FACTOR else None,
        created_at=now,
    )


def _shared_hash(session: Session) -> str:
    return (
        session.scalars(select(User.password_hash).where(User.password_hash.is_not(None)).limit(1)).one()
        or ""
    )


def _seed_staff(session: Session, now: datetime) -> User:
    shared = hasher.hash(PASSWORD)
    admin = _account("admin", Role.DISTRICT_ADMIN, DISTRICT, "区管理员", shared, now)
    auditor = _account("auditor", Role.AUDITOR, DISTRICT, "审计员", shared, now)
    session.add_all([admin, auditor])
    for area in list_areas(session, DISTRICT, AreaLevel.SUBDISTRICT):
        name = "street" if area.code == "370202002" else f"street{area.code[6:]}"
        session.add(_account(name, Role.STREET_OFFICER, area.code, f"{area.name}社会事务办", shared, now))
    for area in list_areas(session, DISTRICT, AreaLevel.COMMUNITY):
        name = "worker" if area.code == "370202002012" else f"worker{area.code[6:]}"
        session.add(_account(name, Role.COMMUNITY_WORKER, area.code, f"{area.name}社工", shared, now))
    session.flush()
    return admin


def _households(inventor: Inventor, communities: list[str], size: Size) -> list[HouseholdValues]:
    kinds = [Category.DIBAO] * size.dibao + [Category.DIBAO_MARGINAL] * size.dibao_marginal
    kinds += [Category.MAJOR_ILLNESS] * size.major_illness + list(islice(cycle(OTHERS), size.others))
    weights = [inventor.dice.uniform(0.5, 1.8) for _ in communities]
    places = inventor.dice.choices(communities, weights, k=len(kinds))
    return [_household(inventor, kind, place) for kind, place in zip(kinds, places, strict=True)]


def _household(inventor: Inventor, category: Category, area_code: str) -> HouseholdValues:
    dice = inventor.dice
    gender = inventor.gender(0.5)
    members = tuple(_member(inventor) for _ in range(dice.choices((0, 1, 2, 3), (62, 28, 8, 2))[0]))
    wish = GenderWish.FEMALE if gender is Gender.FEMALE and dice.random() < 0.2 else GenderWish.ANY
    return HouseholdValues(
        area_code=area_code,
        head_name=inventor.name(gender),
        head_identity=inventor.identity(inventor.birth(30, 88), gender),
        category=category,
        registered_on=inventor.today - timedelta(days=dice.randint(70, 1000)),
        urgency=dice.choices(list(Urgency), (3, 12, 25, 60))[0],
        cause=dice.choice(list(HardshipCause)),
        monthly_income_fen=dice.randint(300, 1500) * YUAN,
        address=inventor.address(),
        phone=inventor.phone() if dice.random() < 0.9 else None,
        visitors_wanted=2 if dice.random() < 0.04 else 1,
        half_days=inventor.half_days(4) if dice.random() < 0.7 else 0,
        gender_wish=wish,
        language_wish="胶东话" if dice.random() < 0.12 else "",
        members=members,
        needs=_needs(inventor, category),
    )


def _member(inventor: Inventor) -> MemberValues:
    gender = inventor.gender(0.5)
    birth = inventor.birth(1, 60)
    relation = inventor.dice.choice(("子", "女", "配偶", "父母", "孙辈"))
    return MemberValues(inventor.name(gender), relation, inventor.identity(birth, gender))


def _needs(inventor: Inventor, category: Category) -> tuple[NeedValues, ...]:
    dice = inventor.dice
    kinds = dice.sample([kind for kind in NeedType if kind is not NeedType.OTHER], dice.randint(1, 3))
    needs = [NeedValues(kind) for kind in kinds]
    if category is Category.MAJOR_ILLNESS or dice.random() < 0.25:
        purpose = dice.choice((NeedType.MEDICAL, NeedType.SCHOOLING, NeedType.CARE, NeedType.LIVING_SUPPLIES))
        amount = dice.choice((500, 800, 1000, 2000, 3000, 5000)) * YUAN
        needs.append(NeedValues(purpose, amount, is_splittable=dice.random() < 0.5))
    return tuple(needs)


def _volunteers(inventor: Inventor, communities: list[str], count: int) -> list[VolunteerValues]:
    return [_volunteer(inventor, inventor.dice.choice(communities)) for _ in range(count)]


def _volunteer(inventor: Inventor, area_code: str) -> VolunteerValues:
    dice = inventor.dice
    gender = inventor.gender(0.6)
    is_member = dice.random() < 1 / 3
    others = (PoliticalStatus.LEAGUE_MEMBER, PoliticalStatus.MASSES, None)
    return VolunteerValues(
        area_code=area_code,
        name=inventor.name(gender),
        identity_number=inventor.identity(inventor.birth(19, 70), gender),
        phone=inventor.phone(),
        registered_on=inventor.today - timedelta(days=dice.randint(1, 900)),
        political_status=PoliticalStatus.PARTY_MEMBER if is_member else dice.choice(others),
        party_branch=f"示例第{dice.randint(1, 30)}党支部" if is_member else "",
        half_days=inventor.half_days(4),
        skills=tuple(dice.sample(list(Skill), dice.randint(0, 3))),
        reach=dice.choices(list(Reach), (58, 38, 4))[0],
        capacity=dice.choices((1, 2, 3), (88, 10, 2))[0],
        languages="胶东话" if dice.random() < 0.3 else "",
    )


def _give_accounts(session: Session, volunteers: list[Volunteer], now: datetime) -> None:
    """Give two in three volunteers an account; the others are reached by phone, through staff."""
    shared = _shared_hash(session)
    owners = [(number, volunteer) for number, volunteer in enumerate(volunteers) if number % 3 != 2]
    names = [f"volunteer{number}" if number else "volunteer" for number, _volunteer in owners]
    users = [
        _account(name, Role.VOLUNTEER, volunteer.area_code, volunteer.name, shared, now)
        for name, (_number, volunteer) in zip(names, owners, strict=True)
    ]
    session.add_all(users)
    session.flush()
    for user, (_number, volunteer) in zip(users, owners, strict=True):
        volunteer.user_id = user.id


def _seed_companies(
    session: Session, inventor: Inventor, communities: list[str], admin: User, count: int, now: datetime
) -> None:
    shared = _shared_hash(session)
    for number in range(1, count + 1):
        name, code = inventor.company(number)
        sign_in = "company" if number == 1 else f"company{number}"
        user = _account(sign_in, Role.COMPANY, DISTRICT, name, shared, now)
        session.add(user)
        session.flush()
        company = _register_company(session, inventor, name, code, now, user, EnterpriseStatus.ACTIVE)
        for _ in range(inventor.dice.choices((1, 2), (80, 20))[0]):
            add_pledge(session, company, _pledge(inventor, communities), admin, now)


def _register_company(
    session: Session,
    inventor: Inventor,
    name: str,
    code: str,
    now: datetime,
    user: User,
    status: EnterpriseStatus,
) -> Enterprise:
    contact = inventor.name(inventor.gender())
    values = EnterpriseValues(DISTRICT, name, code, contact, inventor.phone(), inventor.today)
    return register_enterprise(session, values, None, now, user, status)


def _pledge(inventor: Inventor, communities: list[str]) -> PledgeValues:
    dice = inventor.dice
    purposes: tuple[tuple[NeedType, ...], ...] = (
        (),
        (NeedType.MEDICAL, NeedType.CARE),
        (NeedType.SCHOOLING,),
        (NeedType.LIVING_SUPPLIES,),
    )
    place = dice.choice(communities)
    return PledgeValues(
        amount_fen=dice.choice((5000, 10000, 20000, 30000, 50000)) * YUAN,
        area_code=dice.choices((DISTRICT, place[:9], place), (55, 30, 15))[0],
        purposes=dice.choice(purposes),
        ceiling_fen=dice.choice((None, 2000 * YUAN, 5000 * YUAN)),
        household_limit=dice.choice((None, None, 10, 20)),
        expires_on=inventor.today + timedelta(days=dice.choice((120, 240, 365))),
    )


def _seed_applicants(
    session: Session, inventor: Inventor, communities: list[str], number_of_company: int, now: datetime
) -> None:
    """Leave somebody to approve in 八大峡: three volunteers and a company that registered themselves."""
    shared = _shared_hash(session)
    near = [code for code in communities if code.startswith("370202002")]
    for number, place in enumerate(near[:5], start=1):
        values = _volunteer(inventor, place)
        user = _account(f"applicant{number}", Role.VOLUNTEER, place, values.name, shared, now)
        user.status = AccountStatus.PENDING
        session.add(user)
        session.flush()
        register_volunteer(session, values, None, now, user, VolunteerStatus.PENDING)
    name, code = inventor.company(number_of_company)
    user = _account("applicant-company", Role.COMPANY, DISTRICT, name, shared, now)
    user.status = AccountStatus.PENDING
    session.add(user)
    session.flush()
    _register_company(session, inventor, name, code, now, user, EnterpriseStatus.PENDING)

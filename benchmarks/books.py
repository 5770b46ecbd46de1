"""100,000 sealed rows, files and people, as offices send them: workbooks of 5,000 households."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import func, select

from benchmarks import scratch
from pairing import clock
from pairing.accounts.models import User
from pairing.areas.models import AreaLevel
from pairing.areas.queries import list_areas
from pairing.db import current_session, transaction
from pairing.demo.rules import Inventor
from pairing.demo.services import DISTRICT, Size, seed_registers
from pairing.households.models import Household, Member
from pairing.rosters import services
from pairing.rosters.models import RosterImport, RosterKind
from pairing.rosters.services.households import MEMBER_COLUMNS
from pairing.workbooks.plans import Column, SheetPlan
from pairing.workbooks.writing import write_workbook

BOOKS, ROWS = 8, 5000  # with about 60,000 people: 100,000 rows that hold something sealed
SEED = 100_000
NOBODY = Size(dibao=0, dibao_marginal=0, major_illness=0, others=0, volunteers=0, companies=0)
COLUMNS = (
    "社区", "户主姓名", "户主身份证号", "家庭类别", "联系电话", "家庭住址", "致困原因", "需求", "登记日期",
    "月人均收入", "备注", "紧急程度",
)  # fmt: skip
NEEDS = ("就医、陪伴", "陪伴聊天", "就医", "照料")
NOTE = "独自居住,行动不便,希望女志愿者,会说胶东话"


def make_staff() -> None:
    """Fill in areas and accounts, but nobody's file."""
    with transaction() as session:
        seed_registers(session, clock.today(), clock.now(), NOBODY)


def import_books() -> dict[str, Any]:
    """Bring every workbook in; return seconds by step, and what came of them. Inventing is not timed."""
    admin, seconds, cpu = scratch.find_user("admin"), {"upload": 0.0, "confirm": 0.0}, 0.0
    for book in _books():
        begin = process_time()
        row_id = _upload(book, admin, seconds)
        _confirm(row_id, admin, seconds)
        cpu += process_time() - begin
    session = current_session()
    rows, people = (session.scalar(select(func.count()).select_from(kind)) for kind in (Household, Member))
    if rows != BOOKS * ROWS:
        raise SystemExit(f"{rows} households came in, not {BOOKS * ROWS}")
    return {**seconds, "total": sum(seconds.values()), "cpu": cpu, "rows": rows, "people": people}


def _upload(book: bytes, admin: User, seconds: dict[str, float]) -> int:
    begin = perf_counter()
    with transaction() as session:
        kind = RosterKind.HOUSEHOLDS
        row_id = services.start_import(session, kind, "book.xlsx", book, DISTRICT, admin, clock.now()).id
    seconds["upload"] += perf_counter() - begin
    return row_id


def _confirm(row_id: int, admin: User, seconds: dict[str, float]) -> None:
    begin = perf_counter()
    with transaction() as session:
        services.confirm_import(session, session.get_one(RosterImport, row_id), admin, clock.now())
    seconds["confirm"] += perf_counter() - begin


def _books() -> Iterator[bytes]:
    inventor, names = Inventor(SEED, clock.today()), _communities()
    for _number in range(BOOKS):
        members: list[list[str]] = []
        rows = [_household(inventor, names, members) for _row in range(ROWS)]
        yield write_workbook([_sheet("困难家庭", COLUMNS, rows), _sheet("家庭成员", MEMBER_COLUMNS, members)])


def _communities() -> list[str]:
    """Return the names that only one community of the district has."""
    areas = list_areas(current_session(), DISTRICT, AreaLevel.COMMUNITY)
    return [name for name, times in Counter(area.name for area in areas).items() if times == 1]


def _household(inventor: Inventor, names: list[str], members: list[list[str]]) -> list[str]:
    """Invent a row, and the people who live with its head."""
    dice, gender = inventor.dice, inventor.gender()
    head = inventor.identity(inventor.birth(30, 88), gender)
    for _other in range(dice.choices((0, 1, 2, 3), (62, 28, 8, 2))[0]):
        kind = inventor.gender()
        members.append(
            [head, inventor.name(kind), inventor.identity(inventor.birth(15, 80), kind), "其他亲属"]
        )
    day = inventor.today - timedelta(days=dice.randint(0, 700))
    return [
        dice.choice(names),
        inventor.name(gender),
        head,
        dice.choice(("低保", "特困", "残疾", "独居")),
        inventor.phone().removeprefix("+86"),
        inventor.address(),
        dice.choice(("因病", "因残", "因学")),
        dice.choice(NEEDS),
        day.isoformat(),
        f"{dice.randint(300, 1200)}元",
        NOTE,
        dice.choice(("红", "黄", "蓝", "")),
    ]


def _sheet(name: str, columns: tuple[str, ...], rows: list[list[str]]) -> SheetPlan:
    return SheetPlan(name, [Column(column, is_text=True) for column in columns], rows)

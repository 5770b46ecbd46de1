import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert, select
from sqlalchemy.orm import Session

from pairing.web.paging import Page, page_number, paginate

PEOPLE = Table("people", MetaData(), Column("id", Integer, primary_key=True), Column("name", String(20)))


@pytest.fixture
def numbers():
    """A database of 23 people."""
    engine = create_engine("sqlite://")
    PEOPLE.create(engine)
    with Session(engine) as session:
        session.execute(insert(PEOPLE), [{"id": n, "name": f"第{n}位"} for n in range(1, 24)])
        yield session
    engine.dispose()


def test_one_page_of_a_list(numbers):
    page = paginate(numbers, select(PEOPLE.c.id).order_by(PEOPLE.c.id), page=3, per_page=10)

    assert list(page.rows) == [21, 22, 23]
    assert (page.total, page.pages, page.has_previous, page.has_next) == (23, 3, True, False)


def test_several_columns_give_rows(numbers):
    page = paginate(numbers, select(PEOPLE.c.id, PEOPLE.c.name).order_by(PEOPLE.c.id), per_page=2)

    assert [tuple(row) for row in page.rows] == [(1, "第1位"), (2, "第2位")]


def test_past_the_end_gives_the_last_page(numbers):
    assert paginate(numbers, select(PEOPLE.c.id), page=99, per_page=10).number == 3


def test_empty_list_has_one_page(numbers):
    page = paginate(numbers, select(PEOPLE.c.id).where(PEOPLE.c.id < 0))

    assert (list(page.rows), page.number, page.pages, page.window) == ([], 1, 1, [1])


@pytest.mark.parametrize(
    ("number", "window"),
    [
        (1, [1, 2, 3, None, 13]),
        (4, [1, 2, 3, 4, 5, 6, None, 13]),
        (7, [1, None, 5, 6, 7, 8, 9, None, 13]),
        (13, [1, None, 11, 12, 13]),
    ],
)
def test_window_offers_the_ends_and_the_neighbours(number, window):
    assert Page([], number, 10, 128).window == window


@pytest.mark.parametrize(
    ("typed", "number"), [("3", 3), (None, 1), ("", 1), ("-2", 1), ("²", 1), ("9" * 30, 1), ("0", 1)]
)
def test_page_number_from_an_address(typed, number):
    assert page_number(typed) == number

import pytest
from sqlalchemy import text

from pairing.scheduler.leader import leadership
from tests.support.databases import fresh_database
from tests.support.together import together

CROWD = 8


@pytest.fixture
def locks(engine_name):
    """Several would-be leaders on one database."""
    url = fresh_database(engine_name)
    made = [leadership(url) for _ in range(CROWD)]
    yield made
    for lock in made:
        lock.release()


def test_of_many_at_once_one_leads(locks):
    answers = together(CROWD, lambda number: locks[number].acquire())

    assert answers.count(True) == 1
    assert [lock.holds() for lock in locks] == answers


def test_the_next_leads_when_the_first_lets_go(locks):
    first, second, *_ = locks
    assert (first.acquire(), second.acquire()) == (True, False)

    first.release()

    assert second.acquire()
    assert (first.holds(), second.holds()) == (False, True)


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_a_leader_whose_session_was_ended_knows_it(locks):
    first, second, *_ = locks
    first.acquire()
    pid = first.connection.scalar(text("select pg_backend_pid()"))

    with second.engine.connect() as connection:
        connection.execute(text("select pg_terminate_backend(:pid)"), {"pid": pid})

    assert not first.holds()
    assert second.acquire()

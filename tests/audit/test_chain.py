"""Every transaction ends with one link; whoever changes the past behind it is found, and told where."""

import pytest
from sqlalchemy import event

from pairing import clock
from pairing.audit.models import AuditEntry, AuditLink
from pairing.audit.services import Witness, record, verify
from pairing.audit.services.chain import Head, head
from pairing.db import transaction
from tests.audit.trail import broken, run, tamper
from tests.support.makers import NOW, make_household, make_staff

FIRST, MIDDLE, LAST = 2, 3, 4  # links of a test; the first of all sealed the areas


def deed(session, action="update_household"):
    """Do something that stands in the trail, in a transaction of its own."""
    with transaction():
        household = make_household()
        record(session, make_staff(), action, household, NOW, {"n": 1, "词": "中"})


@pytest.fixture
def chained(session):
    """Give a session whose trail has three links."""
    for _number in range(3):
        deed(session)
    return session


def ids_of(session, number):
    batch = session.query(AuditLink).filter_by(number=number).one().batch
    return [entry.id for entry in session.query(AuditEntry).filter_by(batch=batch).order_by(AuditEntry.id)]


def test_a_transaction_makes_one_link_over_all_its_entries(chained):
    links = chained.query(AuditLink).order_by(AuditLink.number).all()

    assert [link.number for link in links] == [1, FIRST, MIDDLE, LAST]
    assert sum(link.entries for link in links) == chained.query(AuditEntry).count() > 6
    assert broken(chained) == ""


def test_a_transaction_without_entries_makes_no_link(chained):
    with transaction():
        pass

    assert head(chained.connection()).number == LAST


def test_a_savepoint_makes_no_link_and_what_it_took_back_is_not_sealed(session):
    with transaction():
        with session.begin_nested():
            make_household()
        taken_back = session.begin_nested()
        make_household()
        taken_back.rollback()
        assert head(session.connection()).number == 1

    assert head(session.connection()).number == 2
    assert broken(session) == ""


def test_a_deed_inside_a_deed_is_sealed_with_it(session):
    with transaction():
        deed(session)
        deed(session)

    assert head(session.connection()).number == 2
    assert broken(session) == ""


def test_an_entry_after_the_link_is_refused(session):
    def write_late(writing):
        record(writing, None, "update_household", make_household(), NOW)

    event.listen(session, "before_commit", write_late)  # comes after ours

    with pytest.raises(RuntimeError, match="after the link"):
        deed(session)
    event.remove(session, "before_commit", write_late)


FORGERIES = {
    "a changed word": ("update audit_entry set actor_name = '别人' where id = {first}", "第 3 环对不上"),
    "a changed day": (
        "update audit_entry set at = '2020-01-01 00:00:00+00:00' where id = {first}",
        "第 3 环对不上",
    ),
    "a changed detail": ("update audit_entry set detail = '{{}}' where id = {last}", "第 3 环对不上"),
    "a deleted entry": ("delete from audit_entry where id = {first}", "第 3 环应有"),
    "a deleted link": ("delete from audit_link where number = 3", "第 3 环缺失"),
    "a cut link and its entries": ("delete from audit_link where number = 4", "不在链上"),
    "a changed seal": ("update audit_link set seal = '00' where number = 3", "第 3 环对不上"),
    "a moved day of a link": (
        "update audit_link set at = '2020-01-01 00:00:00+00:00' where number = 3",
        "第 3 环对不上",
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_is_found_and_its_place_told(chained, forgery):
    sql, words = FORGERIES[forgery]
    entries = ids_of(chained, MIDDLE)

    tamper(chained, sql.format(first=entries[0], last=entries[-1]))

    assert words in broken(chained)


COLUMNS = "at, kind, actor_id, actor_name, action, subject_type, subject_id, area_code, origin, request_id"
COPY = (
    f"insert into audit_entry (batch, {COLUMNS}, detail)"  # noqa: S608 - no values
    f" select :batch, {COLUMNS}, detail from audit_entry where id = :id"
)


def test_an_entry_slipped_in_beside_the_chain_is_found(chained):
    run(chained, COPY, id=ids_of(chained, MIDDLE)[0], batch=12345)

    assert "不在链上" in broken(chained)


def test_an_entry_slipped_into_an_old_transaction_is_found(chained):
    batch = chained.query(AuditLink).filter_by(number=MIDDLE).one().batch

    run(chained, COPY, id=ids_of(chained, MIDDLE)[0], batch=batch)

    assert "第 3 环应有" in broken(chained)


def test_two_entries_that_changed_places_are_found(chained):
    first, second = ids_of(chained, MIDDLE)[:2]

    for before, after in ((first, -1), (second, first), (-1, second)):
        tamper(chained, "update audit_entry set id = :new where id = :old", old=before, new=after)

    assert "第 3 环对不上" in broken(chained)


def test_two_links_that_changed_places_are_found(chained):
    for before, after in ((3, 30), (4, 3), (30, 4)):
        tamper(chained, "update audit_link set number = :new where number = :old", old=before, new=after)

    assert "第 3 环对不上" in broken(chained)


def test_a_link_without_the_key_cannot_be_made(chained):
    tamper(chained, "update audit_link set entries = entries - 1 where number = 4")
    tamper(chained, "delete from audit_entry where id = :id", id=ids_of(chained, LAST)[0])

    assert "第 4 环对不上" in broken(chained)


def test_a_tail_cut_off_is_found_by_what_was_seen_before(chained):
    seen = head(chained.connection())
    batch = chained.query(AuditLink).filter_by(number=LAST).one().batch

    tamper(chained, "delete from audit_entry where batch = :batch", batch=batch)
    tamper(chained, "delete from audit_link where number = 4")

    assert broken(chained) == ""  # nothing inside the database can know
    assert "链尾被截去" in broken(chained, seen=seen)


def test_a_chain_written_anew_is_found_by_what_was_seen_before(chained):
    assert "整条链被重写" in broken(chained, seen=Head(MIDDLE, "ab" * 32))


def test_a_missing_trigger_is_found(chained):
    engine = chained.connection().dialect.name
    drop = {"sqlite": "drop trigger audit_entry_no_delete"}.get(
        engine, "alter table audit_entry disable trigger audit_entry_append_only"
    )

    run(chained, drop)

    assert "触发器缺失" in broken(chained)


def test_a_walk_from_a_day_on_trusts_what_was_before(chained):
    last = chained.query(AuditLink).filter_by(number=MIDDLE).one()
    tamper(chained, "update audit_entry set actor_name = '别人' where id = :id", id=ids_of(chained, FIRST)[0])

    verdict = verify(chained, since=last.at)

    assert (verdict.broken, verdict.head.number) == ("", LAST)
    assert verdict.links < 4


def test_a_witness_remembers_the_last_line(tmp_path):
    witness = Witness(tmp_path / "kept" / "heads.txt")
    assert witness.last() is None

    witness.note(Head(3, "ab"), clock.now())
    witness.note(Head(5, "cd"), clock.now())

    assert witness.last() == Head(5, "cd")
    assert witness.path.read_text("ascii").count("\n") == 2

"""One way out for every logger, and only events that the inventory knows."""

import json
import logging

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from pairing import logs


@pytest.fixture(autouse=True)
def written(capsys):
    """Log as in service; gives a function that returns the lines."""
    logs.configure(is_plain=False)
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    logs.configure(is_plain=True)


@pytest.mark.parametrize(
    "name", ["gunicorn.error", "apscheduler.scheduler", "sqlalchemy.pool", "werkzeug", "pairing.app"]
)
def test_every_logger_speaks_json_without_what_others_put_in(written, name):
    logging.getLogger(name).error("Error handling request %s", "/households/亓官雪梅", extra={"a": 1})

    line = written()[0]
    assert (line["logger"], line["level"]) == (name, "error")
    assert "亓官雪梅" not in str(line) or name.startswith(("apscheduler", "pairing"))


def test_access_logs_of_servers_are_silent(written):
    logging.getLogger("gunicorn.access").info('"GET /households?term=x"')
    logging.getLogger("werkzeug").info('"GET /households?term=x"')

    assert written() == []


def test_an_error_of_the_database_says_its_kind_and_place_and_no_value(written):
    engine = create_engine("sqlite://", hide_parameters=True)
    with engine.begin() as connection:
        connection.execute(text("create table person (name text unique)"))
        connection.execute(text("insert into person values ('亓官雪梅')"))
    try:
        with engine.begin() as connection:
            connection.execute(text("insert into person values (:name)"), {"name": "亓官雪梅"})
    except IntegrityError:
        logging.getLogger("pairing.tests").exception("not kept")

    line = written()[0]
    assert line["error"][0] == "IntegrityError SQLITE_CONSTRAINT_UNIQUE"
    assert "test_pipeline.py" in "".join(line["where"])
    assert "亓官雪梅" not in str(line)


def test_an_error_of_the_program_says_what_it_misses(written):
    try:
        {}.no_such_thing  # noqa: B018 - the error is wanted
    except AttributeError:
        logging.getLogger("pairing.tests").exception("broken")

    assert "no_such_thing" in written()[0]["error"][0]


def test_a_named_event_has_its_level_and_fields(written):
    logs.say("sign_in_failed", person_id=7)

    line = written()[0]
    assert (line["event"], line["level"], line["person_id"]) == ("sign_in_failed", "warning", 7)


@pytest.mark.parametrize(("event", "fields"), [("sign_in", {}), ("sign_in_ok", {"display_name": "x"})])
def test_an_event_outside_the_inventory_is_refused(event, fields):
    with pytest.raises(ValueError, match="inventory"):
        logs.say(event, **fields)


def test_no_field_of_the_inventory_is_one_that_the_mask_would_hide():
    fields = {field for event in logs.EVENTS.values() for field in event.fields}

    assert logs.mask_values(dict.fromkeys(fields, 1)) == dict.fromkeys(fields, 1)

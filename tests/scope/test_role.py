"""The role of the app on PostgreSQL: an ordinary owner, which the policies bind."""

from dataclasses import replace

import pytest

from pairing.app import create_app
from pairing.readers import UnboundRole
from tests.support import databases
from tests.support.cluster import SUPERUSER


def in_service(url):
    """Return settings of an app that is no demo."""
    return replace(databases.settings_for(url), demo=False, https=True)


def test_a_superuser_is_refused_at_the_start_with_words_that_help():
    url = databases.fresh_database("postgresql").replace("//pairing@", f"//{SUPERUSER}@")

    with pytest.raises(UnboundRole, match="NOSUPERUSER NOBYPASSRLS"):
        create_app(in_service(url))


def test_an_ordinary_owner_is_taken():
    app = create_app(in_service(databases.fresh_database("postgresql")))

    databases.close(app)


def test_a_database_that_is_down_is_waited_for():
    assert create_app(in_service("postgresql+psycopg://pairing@/none?host=/nowhere"))

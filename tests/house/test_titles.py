"""The title of a page stays in the history of the browser, so it names nobody."""

import re

import pytest
from bs4 import BeautifulSoup

from pairing.settings import ROOT
from tests.house.access_world import build_world, methods, names_a_record, rules
from tests.support import databases

PAGES = [
    rule
    for rule in rules(databases.build_app("sqlite://"))
    if names_a_record(rule) and "GET" in methods(rule)
]

NAMES = re.compile("亓官雪梅|亓官小禾|雒青川|仉督明|用户[0-9]")  # made people, and made accounts
HEADING = re.compile(r"{% block heading %}.*(\bhead_name|volunteer\.name|display_name|{{ heading }})")


@pytest.fixture(scope="module")
def world():
    """Make both communities once; every request is taken back."""
    made = build_world("sqlite")
    yield made
    databases.close(made.app)


def title(answer):
    """Return the title of a page, "" of anything else."""
    found = BeautifulSoup(answer.text, "html.parser").title if answer.mimetype == "text/html" else None
    return found.text if found else ""


@pytest.mark.parametrize("rule", PAGES, ids=lambda rule: rule.rule)
def test_no_title_names_a_person(world, rule):
    side = world.sides["A"]
    path = world.path(rule, side)

    titles = {title(world.send(visitor, "GET", path)) for visitor in world.visitors}

    assert not [said for said in titles if NAMES.search(said)]


def test_the_pages_have_titles(world):
    side, worker = world.sides["A"], next(one for one in world.visitors if one.name == "worker A")

    titles = {title(world.send(worker, "GET", world.path(rule, side))) for rule in PAGES}

    assert len(titles) > len(PAGES) / 3


def test_a_heading_that_names_somebody_is_not_the_title():
    pages = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in (ROOT / "templates").rglob("*.html")
    }

    naming = {name for name, page in pages.items() if HEADING.search(page)}

    assert {"templates/households/file.html", "templates/layout/clash.html"} <= naming
    assert {name for name in naming if "{% block title %}" not in pages[name]} == set()

"""A small site with nothing but the edge: every header, filter and error page, no feature."""

from types import SimpleNamespace

import pytest
from flask import Flask, abort, render_template_string
from flask_babel import Babel
from flask_login import LoginManager
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from pairing import web
from pairing.errors import BadValue, NotFound, RuleBroken
from pairing.settings import ROOT
from pairing.web.language import choose_locale
from pairing.wording import _

PAGE = '{% extends "layout/base.html" %}{% block heading %}一页{% endblock %}'
ERRORS = {
    "rule": RuleBroken(_("该户已有 %(count)s 位志愿者", count=2), "already_paired"),
    "value": BadValue("id_checksum", _("身份证号校验位不对")),
    "missing": NotFound(),
    "stale": StaleDataError("UPDATE of 1 row matched 0"),
    "locked": OperationalError("SELECT 1", {}, Exception("database is locked")),
}


def refuse(name):
    """Answer with the error *name*: one of ours, or a status code."""
    if name in ERRORS:
        raise ERRORS[name]
    abort(int(name))


@pytest.fixture
def site():
    """The app with one page and one address for every error."""
    made = Flask("site", template_folder=ROOT / "templates", static_folder=ROOT / "static")
    made.config.update(SECRET_KEY="a secret of the tests", WTF_CSRF_TIME_LIMIT=None)
    Babel(made, default_locale="zh_CN", locale_selector=choose_locale)
    LoginManager(made).user_loader(lambda number: SimpleNamespace(id=number, is_authenticated=False))
    web.init_app(made)
    made.add_url_rule("/page", "page", lambda: render_template_string(PAGE))
    made.add_url_rule("/refuse/<name>", "refuse", refuse, methods=["GET", "POST"])
    return made


@pytest.fixture
def visitor(site):
    """Somebody who looks at the site."""
    return site.test_client()

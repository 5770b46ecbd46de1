"""``flask accounts``: the first district admin of a new place, and a way back for whoever is locked out."""

import re

from pairing.accounts.queries import find_user
from pairing.accounts.rules import Role
from tests.support.makers import DISTRICT, make_staff

ARGUMENTS = [
    "accounts",
    "create",
    "--role",
    "district_admin",
    "--name",
    "区管理员",
    "--sign-in-name",
    "admin",
]
LINK = re.compile(r"http://localhost(/accounts/invitations/\S+)")
CHOSEN = {"password": "tiger!lake7", "password_again": "tiger!lake7"}


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=arguments)


def test_an_account_is_made_and_its_link_lets_the_person_in(app, session, reader):
    result = run(app, *ARGUMENTS, "--scope", DISTRICT)
    assert result.exit_code == 0, result.output
    assert find_user(session, "admin").role is Role.DISTRICT_ADMIN

    page = reader.get(LINK.search(result.output)[1], 303)

    page = reader.get(page.answer.headers["Location"]).submit(CHOSEN)
    assert page.heading == "设置验证器"


def test_a_wrong_area_is_said_in_words(app, session):
    unfit = run(app, *ARGUMENTS, "--scope", "370202002")
    unknown = run(app, *ARGUMENTS, "--scope", "999999")

    assert [result.exit_code for result in (unfit, unknown)] == [1, 1]
    assert "工作范围" in unfit.output
    assert find_user(session, "admin") is None


def test_whoever_is_locked_out_gets_another_link(app, session):
    make_staff(sign_in_name="zhoumin")
    session.commit()

    known = run(app, "accounts", "invite", "ZhouMin", "--lost-phone")
    unknown = run(app, "accounts", "invite", "nobody")

    assert LINK.search(known.output)
    assert (known.exit_code, unknown.exit_code) == (0, 1)

"""``flask accounts create``: the first district admin of a new place."""

from pairing.accounts.queries import find_user
from pairing.accounts.rules import Role
from tests.support.makers import DISTRICT

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


LONG = "a sentence that is long enough"


def run(app, *more, password=LONG):
    return app.test_cli_runner().invoke(args=[*ARGUMENTS, *more], env={"PAIRING_NEW_PASSWORD": password})


def test_an_account_is_made(app, session):
    result = run(app, "--scope", DISTRICT)

    assert result.exit_code == 0, result.output
    assert find_user(session, "admin").role is Role.DISTRICT_ADMIN


def test_a_wrong_area_or_a_short_password_is_said_in_words(app, session):
    unfit, unknown = run(app, "--scope", "370202002"), run(app, "--scope", "999999")
    short = run(app, "--scope", DISTRICT, password="short")

    assert [result.exit_code for result in (unfit, unknown, short)] == [1, 1, 1]
    assert "工作范围" in unfit.output
    assert "密码至少" in short.output
    assert find_user(session, "admin") is None

"""``flask accounts create``."""

import click
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.accounts.queries import find_user
from pairing.accounts.rules import SCOPE_LENGTHS, Permission, Role, may
from pairing.accounts.services import create_staff
from pairing.areas.queries import get_area
from pairing.db import transaction
from pairing.web.commands import Commands

accounts = Commands("accounts", help="People who sign in.")
BY = click.option("--by", "sign_in_name", required=True, help="Sign-in name of the member of staff.")


@accounts.command("create")
@click.option("--role", required=True, type=click.Choice([role.value for role in SCOPE_LENGTHS]))
@click.option("--scope", required=True, help="Code of the area that the person may see.")
@click.option("--name", required=True, help="Name shown on pages.")
@click.option("--sign-in-name", required=True)
@click.password_option(envvar="PAIRING_NEW_PASSWORD", help="Asked for; or PAIRING_NEW_PASSWORD.")
def create(role: str, scope: str, name: str, sign_in_name: str, password: str) -> None:
    """Make an account for a member of staff, such as the first district admin."""
    with transaction() as session:
        get_area(session, scope)
        create_staff(session, sign_in_name, password, Role(role), scope, name, None, clock.now())
    click.echo(f"已建立账号 {sign_in_name}")


def get_staff(session: Session, sign_in_name: str, permission: Permission) -> User:
    """Return the member of staff in whose name a command is run; it ends if there is none with this right."""
    user = find_user(session, sign_in_name)
    if user is None or not user.is_active or not may(user.role, permission):
        raise click.ClickException(f"没有这个工作人员账号,或没有权限:{sign_in_name}")
    return user

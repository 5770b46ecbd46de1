"""``flask accounts create``."""

import click
from flask.cli import AppGroup

from pairing import clock
from pairing.accounts.rules import SCOPE_LENGTHS, Role
from pairing.accounts.services import create_staff
from pairing.areas.queries import get_area
from pairing.db import transaction
from pairing.errors import Refused

accounts = AppGroup("accounts", help="People who sign in.")


@accounts.command("create")
@click.option("--role", required=True, type=click.Choice([role.value for role in SCOPE_LENGTHS]))
@click.option("--scope", required=True, help="Code of the area that the person may see.")
@click.option("--name", required=True, help="Name shown on pages.")
@click.option("--sign-in-name", required=True)
@click.password_option(envvar="PAIRING_NEW_PASSWORD", help="Asked for; or PAIRING_NEW_PASSWORD.")
def create(role: str, scope: str, name: str, sign_in_name: str, password: str) -> None:
    """Make an account for a member of staff, such as the first district admin."""
    try:
        with transaction() as session:
            get_area(session, scope)
            create_staff(session, sign_in_name, password, Role(role), scope, name, None, clock.now())
    except Refused as error:
        raise click.ClickException(str(error.message)) from error
    click.echo(f"已建立账号 {sign_in_name}")

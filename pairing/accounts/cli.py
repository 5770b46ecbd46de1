"""``flask accounts create`` and ``flask accounts invite``."""

import click
from flask import current_app
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.accounts.queries import find_user
from pairing.accounts.rules import SCOPE_LENGTHS, Permission, Role, may
from pairing.accounts.services import create_staff, invite
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
def create(role: str, scope: str, name: str, sign_in_name: str) -> None:
    """Make an account for a member of staff, such as the first district admin; print the link to it."""
    now = clock.now()
    with transaction() as session:
        get_area(session, scope)
        user = create_staff(session, sign_in_name, Role(role), scope, name, None, now)
        token = invite(session, user, None, False, now)
    click.echo(f"已建立账号 {sign_in_name}")
    _print_link(token)


@accounts.command("invite")
@click.argument("sign_in_name")
@click.option("--lost-phone", is_flag=True, help="Take the second factor off too, once the link is followed.")
def invite_again(sign_in_name: str, lost_phone: bool) -> None:
    """Print a link by which a person chooses a new password; earlier links become void."""
    with transaction() as session:
        user = find_user(session, sign_in_name, lock=True)
        if user is None:
            raise click.ClickException(f"没有这个账号:{sign_in_name}")
        token = invite(session, user, None, lost_phone, clock.now())
    _print_link(token)


def _print_link(token: str) -> None:
    path = f"{current_app.config['PAIRING'].site_url}/accounts/invitations/{token}"
    click.echo(f"请在 24 小时内打开这个链接设置密码(只能用一次):\n{path}")


def get_staff(session: Session, sign_in_name: str, permission: Permission) -> User:
    """Return the member of staff in whose name a command is run; it ends if there is none with this right."""
    user = find_user(session, sign_in_name)
    if user is None or not user.is_active or not may(user.role, permission):
        raise click.ClickException(f"没有这个工作人员账号,或没有权限:{sign_in_name}")
    return user

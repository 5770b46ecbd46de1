"""Commands for the keys that seal personal data."""

import click
from flask.cli import AppGroup

from pairing.db import db, transaction
from pairing.logs import say
from pairing.privacy.keys import key_ring
from pairing.privacy.sealed import CannotOpen
from pairing.rotation.services import Place, count_old, rotate_some, sealed_places

keys = AppGroup("keys", help="The keys that seal personal data.")


@keys.command()
def status() -> None:
    """Say how much each older key still seals; a key that seals nothing can be taken off the ring."""
    left = 0
    for place in sealed_places(db.metadata):
        with transaction() as session:
            old = count_old(session, place)
        left += old
        if old:
            click.echo(f"{place.name}: {old}")
    click.echo(f"现用密钥 {key_ring().active};待更换 {left} 个值")


@keys.command()
def rotate() -> None:
    """Seal everything with the active key, in small transactions; it can be broken off and begun again."""
    total = sum(_rotate(place) for place in sealed_places(db.metadata))
    say("rotation", step="done", rows=total)
    click.echo(f"已用密钥 {key_ring().active} 重新加密 {total} 个值")


def _rotate(place: Place) -> int:
    total = 0
    try:
        while done := _rotate_some(place):
            total += done
    except CannotOpen as error:
        raise click.ClickException(f"{place.name}: {error}") from error
    return total


def _rotate_some(place: Place) -> int:
    with transaction() as session:
        return rotate_some(session, place)

"""``flask scheduler``: its own process."""

import click


@click.command()
def scheduler() -> None:
    """Send what is due."""

"""Commands that say in words why they refuse."""

from typing import Any

import click
from flask.cli import AppGroup

from pairing.errors import BadValue, Refused


class Commands(AppGroup):
    """The commands of a feature; what is refused ends with the reason and its code, not with a trace."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - whatever the command returns
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (BadValue, Refused) as refused:
            raise click.ClickException(f"{refused.message} ({refused.code})") from refused

"""``flask areas import [FILE]``."""

from pathlib import Path

import click

from pairing.areas import services
from pairing.db import transaction
from pairing.web.commands import Commands

areas = Commands("areas", help="Administrative areas.")


@areas.command("import")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_areas(file: Path | None) -> None:
    """Load areas from FILE (CSV: code,name,level,parent_code); without FILE, 市南区 as shipped."""
    with transaction() as session:
        added = services.import_areas(session, file or services.SHIPPED)
    click.echo(f"新增 {added} 个区划")

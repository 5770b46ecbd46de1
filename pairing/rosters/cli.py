"""``flask import households|volunteers|enterprises FILE``."""

import json
from pathlib import Path
from typing import Any

import click
from flask import current_app
from sqlalchemy.orm import Session

from pairing import clock
from pairing.areas.models import Area
from pairing.areas.queries import is_empty
from pairing.areas.services import SHIPPED, import_areas
from pairing.db import transaction
from pairing.rosters import services
from pairing.rosters.models import RosterKind
from pairing.web.commands import Commands

rosters = Commands("import", help="Workbooks of offices.")


def _add_command(kind: RosterKind) -> None:
    @rosters.command(kind.value, help=f"Import FILE, a workbook of {kind.value}.")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--area", default="", help="Code of the area whose roster it is; by default the district.")
    @click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
    def import_roster(file: Path, area: str, as_json: bool) -> None:
        outcome = _import(kind, file, area)
        click.echo(json.dumps(outcome, ensure_ascii=False) if as_json else _in_words(outcome))


for _kind in RosterKind:
    _add_command(_kind)


def _import(kind: RosterKind, file: Path, area: str) -> dict[str, Any]:
    now = clock.now()
    with transaction() as session:
        scope = area or _home_district(session)
        row = services.start_import(session, kind, file.name, file.read_bytes(), scope, None, now)
        outcome = services.confirm_import(session, row, None, now)
    return {key: outcome[key] for key in ("accepted", "members", "pledged_fen", "rejected", "warnings")}


def _home_district(session: Session) -> str:
    """Return the district of the settings; an empty database gets the shipped areas first."""
    if is_empty(session):
        import_areas(session, SHIPPED)
        click.echo("还没有区划,已载入随附的市南区", err=True)
    code: str = current_app.config["PAIRING"].district_code
    if session.get(Area, code) is None:
        raise click.UsageError(f"没有区划 {code},请用 --area 写明区划代码")
    return code


def _in_words(outcome: dict[str, Any]) -> str:
    refused = [f"第 {row['row']} 行未导入:{row['reason']}" for row in outcome["rejected"]]
    return "\n".join([f"接收 {outcome['accepted']} 行", *refused])

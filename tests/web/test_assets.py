import gzip
import hashlib
import json
import re

import pytest
from bs4 import BeautifulSoup
from flask import url_for

from pairing.settings import ROOT

STATIC = ROOT / "static"
SHIPPED = json.loads((STATIC / "vendor/MANIFEST.json").read_text(encoding="utf-8"))["files"]
FIRST_PAINT_BYTES = 80 * 1024


@pytest.mark.parametrize("entry", SHIPPED, ids=lambda entry: entry["file"])
def test_vendored_file_is_the_one_in_the_manifest(entry):
    assert hashlib.sha256((STATIC / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert (STATIC / entry["licence_file"]).read_text(encoding="utf-8").strip()


def test_manifest_names_every_vendored_file():
    listed = {entry[key] for entry in SHIPPED for key in ("file", "licence_file")}
    found = {path.relative_to(STATIC).as_posix() for path in (STATIC / "vendor").rglob("*") if path.is_file()}

    assert found - listed == {"vendor/MANIFEST.json"}


def test_first_paint_fits_in_80_kb(visitor):
    page = visitor.get("/page").data
    soup = BeautifulSoup(page, "html.parser")
    addresses = [
        tag.get("href") or tag.get("src") for tag in soup.select("link[rel=stylesheet], script, img")
    ]
    modules = [f"/static/{path.relative_to(STATIC)}" for path in (STATIC / "js").glob("*.js")]

    files = [
        visitor.get(address, buffered=True).data for address in [*addresses, *modules, "/static/icons.svg"]
    ]

    assert len(files) > 8
    assert sum(len(gzip.compress(data)) for data in [page, *files]) <= FIRST_PAINT_BYTES


def test_address_of_a_static_file_changes_with_its_content(site, tmp_path):
    site.static_folder = tmp_path
    file = tmp_path / "a.css"
    file.write_text("a { color: red }")
    with site.test_request_context():
        before = url_for("static", filename="a.css")
        file.write_text("a { color: blue; }")
        after = url_for("static", filename="a.css")

    assert before != after


def test_every_icon_that_a_template_names_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    named = set(re.findall(r'icon\("([^"]+)"\)', sources))

    assert "bell" in named
    assert named <= drawn

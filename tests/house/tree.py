"""The project's own files, found without git: a checkout may be only a copy."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "pairing"
OWN = ("pairing", "templates", "static", "migrations", "tests", "benchmarks", "docs", ".ci")
WRITTEN = (".py", ".html", ".txt", ".css", ".js", ".md", ".toml", ".sh", ".csv", ".po")


def python_files(folder: Path = PACKAGE) -> list[Path]:
    """Return every Python file under *folder*."""
    return sorted(folder.rglob("*.py"))


def templates(root: Path = ROOT) -> list[Path]:
    """Return every template."""
    return sorted(path for path in (root / "templates").rglob("*") if path.is_file())


def own_assets(root: Path = ROOT) -> list[Path]:
    """Return the style sheets and scripts written here, not those of others."""
    files = (path for path in (root / "static").rglob("*") if path.suffix in (".css", ".js"))
    return sorted(path for path in files if "vendor" not in path.parts)


def written_files(root: Path = ROOT) -> Iterator[Path]:
    """Yield every text file of the project."""
    yield from (path for path in root.iterdir() if path.is_file() and not path.name.startswith(".coverage"))
    for folder in OWN:
        for path in (root / folder).rglob("*"):
            if path.is_file() and "vendor" not in path.parts and (path.suffix in WRITTEN or folder == ".ci"):
                yield path

"""Who looks beyond the scope of the reader, and why: all of them stand here."""

import ast
from importlib import import_module
from pathlib import Path

import pairing

ROOT = Path(pairing.__file__).parent
REASONS = {
    "a company sees the kind of a household, never the household",
    "a deed lays messages into the boxes of other people",
    "a message names the end of a file number",
    "a proposal says what a home needs before it says whose it is",
    "a run weighs whoever could come or pay",
    "a visit is given back, perhaps out of reach",
    "a signed form stays with its household",
    "four counts for the public",
    "how much is past its time, in figures",
    "one person or company has one row, wherever it lies",
    "people learn when somebody looked at their data",
    "places that are taken count in every community",
    "the chain seals entries that their writer may not read",
    "the end of a file number tells past visits apart",
    "the name of whoever changed one file at the same time",
    "the next file number of a subdistrict",
    "the weights by which a run compared",
    "what is left of a pledge or a need counts every place",
    "what is over expires, wherever it lies",
    "whether a household agrees, for whoever works with it",
    "whether a number is in a register, wherever",
    "whether the household still wants help",
    "whether the system is sound, in figures",
    "whether the trail tells of it already",
    "who is deleted is deleted wherever anything was written",
    "whoever sees a pledge sees its sums, behind pseudonyms",
    "whom a home would like at its door",
}


def test_every_look_beyond_the_scope_gives_a_reason_that_stands_here():
    found = {reason for path in ROOT.rglob("*.py") for reason in reasons(path)}

    assert found == REASONS


def test_only_queries_and_services_look_beyond_the_scope():
    files = {path for path in ROOT.rglob("*.py") if list(reasons(path))}

    assert {str(path) for path in files if not {"queries", "services"} & {*path.parts, path.stem}} == set()


def reasons(path):
    """Yield the reasons in a file, written out or named by a constant."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "everywhere":
            why = call.args[1]
            yield why.value if isinstance(why, ast.Constant) else value(path, why.id)


def value(path, name):
    """Return what a constant of a module holds."""
    module = ".".join(("pairing", *path.relative_to(ROOT).with_suffix("").parts))
    return getattr(import_module(module), name)

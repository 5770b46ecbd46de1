"""House rules on Python source; each function returns what breaks its rule as ``line: what``."""

import ast
from pathlib import Path

LONGEST_FILE = 300
LONGEST_VIEW = 15
FEATURE_NAMES = ("__init__", "cli", "views", "access", "forms", "services", "queries", "models", "rules")
CLOCKS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "localtime"), ("time", "gmtime"),
}  # fmt: skip
ROUTES = {"get", "post", "route"}


def commits(source: str) -> list[str]:
    """Return every call of ``.commit()``, which belongs to db.py."""
    return [f"{call.lineno}: commit" for call in _method_calls(source) if call.func.attr == "commit"]


def clock_readings(source: str) -> list[str]:
    """Return every reading of the clock, which belongs to clock.py."""
    return [
        f"{call.lineno}: {_owner(call)}.{call.func.attr}"
        for call in _method_calls(source)
        if (_owner(call), call.func.attr) in CLOCKS
    ]


def backrefs(source: str) -> list[str]:
    """Return every relation that writes into another model by ``backref``."""
    words = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.keyword))
    return [f"{word.value.lineno}: backref" for word in words if word.arg == "backref"]


def too_long(source: str) -> list[str]:
    """Return the length of a file that nobody reads in one go."""
    lines = source.count("\n")
    return [f"{lines} lines, at most {LONGEST_FILE}"] if lines > LONGEST_FILE else []


def long_views(source: str) -> list[str]:
    """Return every view whose body says more than: read, call one use case, answer."""
    views = (
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef) and _is_view(node)
    )
    return [f"{view.lineno}: {view.name}" for view in views if _body_length(view) > LONGEST_VIEW]


def strange_names(feature: Path) -> list[str]:
    """Return every Python file or folder of a feature that is not on the closed list."""
    found = {path.stem for path in feature.glob("*.py")} | {
        path.parent.name for path in feature.glob("*/*.py")
    }
    return sorted(found - set(FEATURE_NAMES))


def _method_calls(source: str) -> list[ast.Call]:
    nodes = ast.walk(ast.parse(source))
    return [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]


def _owner(call: ast.Call) -> str:
    owner = call.func.value
    return owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")


def _is_view(function: ast.FunctionDef) -> bool:
    calls = (mark.func for mark in function.decorator_list if isinstance(mark, ast.Call))
    return any(isinstance(call, ast.Attribute) and call.attr in ROUTES for call in calls)


def _body_length(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return function.end_lineno - body[0].lineno + 1 if body else 0

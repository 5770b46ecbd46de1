"""What a browser would send of a form."""

from collections.abc import Iterator, Mapping
from typing import Any

from bs4 import Tag

PRESSED = ("submit", "button", "image", "reset")
TICKED = ("checkbox", "radio")


def fill(form: Tag, values: Mapping[str, Any], button: str = "") -> dict[str, Any]:
    """Return the fields of *form* as they stand, with *values* typed over them and *button* pressed."""
    names = {control.get("name") for control in form.select("[name]")}
    unknown = set(values) - names
    assert not unknown, f"not in the form: {sorted(unknown)}; it has {sorted(filter(None, names))}"
    data: dict[str, Any] = {}
    for name, value in _standing(form):
        data.setdefault(name, []).append(value)
    return data | dict(values) | _pressed(form, button)


def _standing(form: Tag) -> Iterator[tuple[str, str]]:
    for control in form.select("input[name], select[name], textarea[name]"):
        if not control.has_attr("disabled"):
            for value in _values(control):
                yield str(control["name"]), value


def _values(control: Tag) -> list[str]:
    if control.name == "textarea":
        return [control.get_text().removeprefix("\r").removeprefix("\n")]
    if control.name == "select":
        return _chosen(control)
    if control.get("type") in (*PRESSED, "file"):
        return []
    if control.get("type") in TICKED and not control.has_attr("checked"):
        return []
    return [str(control.get("value", "on" if control.get("type") in TICKED else ""))]


def _chosen(select: Tag) -> list[str]:
    options = select.select("option")
    chosen = [option for option in options if option.has_attr("selected")]
    if not chosen and not select.has_attr("multiple"):
        chosen = options[:1]
    return [str(option.get("value", option.get_text())) for option in chosen]


def _pressed(form: Tag, words: str) -> dict[str, str]:
    if not words:
        return {}
    buttons = [
        b
        for b in form.select("button, input[type=submit]")
        if words in (b.get_text(strip=True) or b.get("value", ""))
    ]
    assert len(buttons) == 1, f"{len(buttons)} buttons say {words!r}"
    name = buttons[0].get("name")
    return {str(name): str(buttons[0].get("value", ""))} if name else {}

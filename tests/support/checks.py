"""What is true of every page, whoever reads it; each check yields what it finds wrong."""

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from stdnum.cn import ric

IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")

UNLABELLED = ("hidden", "submit", "button", "reset", "image")  # inputs that need no label
KEYS = ("csrf_token", "request_key")  # of every form that writes
EXECUTED = (None, "", "module", "text/javascript", "application/javascript")


def page_problems(soup: BeautifulSoup, typed: str = "") -> list[str]:
    """Return what is wrong with a whole page; *typed* is what its reader has just sent and may see again."""
    return [*_frame(soup), *fragment_problems(soup, typed)]


def fragment_problems(soup: BeautifulSoup, typed: str = "") -> list[str]:
    """Return what is wrong with a piece of a page."""
    return [*_labels(soup), *_forms(soup), *_inline(soup), *_ids(soup), *_identity_numbers(soup, typed)]


def _frame(soup: BeautifulSoup) -> Iterator[str]:
    if not (soup.title and soup.title.get_text(strip=True)):
        yield "no <title>"
    if not (soup.html and soup.html.get("lang")):
        yield "no lang on <html>"
    headings = soup.find_all("h1")
    if len(headings) != 1 or not headings[0].get_text(strip=True):
        yield f"{len(headings)} <h1> instead of one with words"


def _labels(soup: BeautifulSoup) -> Iterator[str]:
    named = {label.get("for") for label in soup.find_all("label") if label.get_text(strip=True)}
    for control in soup.find_all(["input", "select", "textarea"]):
        if control.get("type") in UNLABELLED or control.get("aria-label") or control.get("aria-labelledby"):
            continue
        if control.get("id") not in named and not control.find_parent("label"):
            yield f"no label for {control.get('name') or control}"


def _forms(soup: BeautifulSoup) -> Iterator[str]:
    for form in soup.find_all("form"):
        if form.find_parent("form"):
            yield f"a form inside a form: {form.get('action')}"
        for name in KEYS if form.get("method", "get").lower() == "post" else ():
            fields = form.find_all("input", {"name": name})
            if len(fields) != 1 or not fields[0].get("value"):
                yield f"no single {name} in form {form.get('action')}"


def _inline(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.find_all(True):
        for name in tag.attrs:
            if name == "style" or name.startswith(("on", "hx-on")):
                yield f"<{tag.name} {name}=...>, which the security policy blocks"
        if tag.name == "style" or (
            tag.name == "script" and not tag.get("src") and tag.get("type") in EXECUTED
        ):
            yield f"an inline <{tag.name}>, which the security policy blocks"
        if str(tag.get("href", "")).lower().startswith("javascript:"):
            yield f"a javascript: link on <{tag.name}>"


def _ids(soup: BeautifulSoup) -> Iterator[str]:
    counted = Counter(tag["id"] for tag in soup.find_all(id=True))
    yield from (f"id {name!r} stands {times} times" for name, times in counted.items() if times > 1)


def _identity_numbers(soup: BeautifulSoup, typed: str) -> Iterator[str]:
    for number in IDENTITY.findall(" ".join(_visible(soup))):
        if number not in typed and ric.calc_check_digit(number) == number[17].upper():
            yield f"the identity number {number} is not masked"


def _visible(soup: BeautifulSoup) -> Iterator[str]:
    """Yield the words of a page and of its attributes, except what a hidden field carries."""
    yield soup.get_text(" ")
    for tag in soup.find_all(True):
        if not _is_hidden(tag):
            yield from (str(value) for value in tag.attrs.values())


def _is_hidden(tag: Tag) -> bool:
    return tag.name == "input" and tag.get("type") == "hidden"

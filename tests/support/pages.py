"""A page as its reader sees it."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

from tests.support.checks import fragment_problems, page_problems
from tests.support.forms import fill

if TYPE_CHECKING:
    from tests.support.reader import Reader


class Page:
    """An answered page: look at `heading`, `text`, `select()`; go on with `follow()` and `submit()`."""

    def __init__(self, reader: "Reader", answer: TestResponse, whole: bool = True) -> None:
        self.reader = reader
        self.answer = answer
        self.whole = whole

    def check(self, status: int, typed: str = "") -> Self:
        """See that the answer is the expected one and the page a sound one."""
        path = self.answer.request.path
        assert self.answer.status_code == status, (
            f"{path}: {self.answer.status}, expected {status}\n{self.text[:3000]}"
        )
        problems = (page_problems if self.whole else fragment_problems)(self.soup, typed)
        assert not problems, f"{path}: " + "; ".join(problems)
        return self

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The parsed page."""
        return BeautifulSoup(self.answer.text, "html.parser")

    @property
    def path(self) -> str:
        """Where the reader is."""
        return self.answer.request.path

    @property
    def heading(self) -> str:
        """The words of the one <h1>."""
        return self.select("h1")[0].get_text(" ", strip=True)

    @property
    def text(self) -> str:
        """The words of the page, spaces and line ends made one space."""
        return " ".join(self.soup.get_text(" ").split())

    def select(self, css: str) -> list[Tag]:
        """Return every element that *css* names."""
        return self.soup.select(css)

    def words(self, css: str) -> list[str]:
        """Return the words of every element that *css* names."""
        return [" ".join(tag.get_text(" ").split()) for tag in self.select(css)]

    def link(self, words: str) -> str:
        """Return where the link with these words leads."""
        links = [a for a in self.select("a[href]") if words in a.get_text(" ", strip=True)]
        assert links, f"no link {words!r} on {self.path}; there are {self.words('a[href]')}"
        return str(links[0]["href"])

    def follow(self, words: str, status: int = 200) -> "Page":
        """Click the link with these words."""
        return self.reader.get(self.link(words), status)

    def form(self, css: str = "main form[method=post]") -> Tag:
        """Return the one form that *css* names."""
        forms = self.select(css)
        actions = [form.get("action") for form in self.select("form")]
        assert len(forms) == 1, f"{css!r} names {len(forms)} forms on {self.path}; there are {actions}"
        return forms[0]

    def filled(
        self,
        values: Mapping[str, Any] | None = None,
        *,
        form: str = "main form[method=post]",
        button: str = "",
    ) -> Mapping[str, Any]:
        """Return what a browser would send for a form that was filled in."""
        return fill(self.form(form), values or {}, button)

    def submit(
        self,
        values: Mapping[str, Any] | None = None,
        *,
        form: str = "main form[method=post]",
        button: str = "",
        status: int = 303,
    ) -> "Page":
        """Fill in a form as it stands, press *button* (by its words), and return the page that follows.

        A field keeps what the page put into it unless *values* names it; an unknown name fails.
        *status* 303 is followed; 422 is the same page with its errors.
        """
        chosen, data = self.form(form), self.filled(values, form=form, button=button)
        return self.reader.post(str(chosen.get("action") or self.path), data, status, typed=str(values))

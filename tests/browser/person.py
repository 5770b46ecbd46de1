"""A person before a browser, who goes by the words on the page."""

import re
import time
from typing import Self

from playwright.sync_api import Locator, Page, expect

from pairing.accounts.services.factors import STEP_S
from tests.support.makers import PASSWORD


class Person:
    """Somebody who reads, fills in fields by their labels and presses buttons by their words."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def goes_to(self, path: str) -> Self:
        """Open a page by its address."""
        self.page.goto(path)
        return self

    def signs_in(self, name: str, password: str = PASSWORD) -> Self:
        """Sign in, with a code where one is owed, and land on the own start page."""
        self.goes_to("/").follows("登录").fills({"登录名": name, "密码": password}).presses("登录")
        heading = self.page.get_by_role("heading", level=1)
        expect(heading).not_to_have_text("登录")
        if heading.inner_text() == "输入验证码":
            self.types_code()
        return self.sees("待办")

    def types_code(self) -> Self:
        """Type the code that the demo shows; after one that was just used the next one takes a while."""
        shown = self.page.locator("#demo-code")
        deadline = time.monotonic() + 2 * STEP_S
        while not shown.count() and time.monotonic() < deadline:
            self.page.wait_for_timeout(1000)
            self.page.reload()
        return self.fills({"验证码": shown.inner_text()}).presses("登录")

    def fills(self, answers: dict[str, str]) -> Self:
        """Type into fields, or choose from lists, by their labels."""
        for label, answer in answers.items():
            field = self.main.get_by_label(re.compile(f"^{re.escape(label)}(选填)?$"))
            is_list = field.evaluate("element => element.tagName") == "SELECT"
            field.select_option(label=answer) if is_list else field.fill(answer)
        return self

    def ticks(self, *labels: str, within: str = "") -> Self:
        """Tick boxes or choose circles by their words, where need be in the group named *within*."""
        place = self.main.get_by_role("group", name=within) if within else self.main
        for label in labels:
            place.get_by_label(label, exact=True).check()
        return self

    def presses(self, words: str, *, among: str = "") -> Self:
        """Press the button with these words, in the card that says *among* if there are several."""
        place = self.card(among) if among else self.main
        place.get_by_role("button", name=words, exact=True).first.click()
        return self

    def presses_and_agrees(self, words: str) -> Self:
        """Press a button that asks first, and say yes."""
        self.presses(words)
        self.page.get_by_role("dialog").get_by_role("button", name="确定").click()
        return self

    def follows(self, words: str, *, among: str = "") -> Self:
        """Follow the first link with these words, anywhere on the page."""
        place = self.card(among) if among else self.page
        place.get_by_role("link", name=words).locator("visible=true").first.click()
        return self

    def turns_to(self, words: str) -> Self:
        """Follow the entry of the navigation or the tab with exactly these words."""
        entries = self.page.get_by_role("navigation").get_by_role("link", name=words, exact=True)
        entries.locator("visible=true").first.click()
        return self

    def sees(self, *words: str) -> Self:
        """Wait until the page says all of it."""
        for one in words:
            expect(self.page.locator("body")).to_contain_text(one)
        return self

    def unrolls(self) -> Self:
        """Make the window as tall as the page, so that no bar at its foot covers anything."""
        tall = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": self.page.viewport_size["width"], "height": tall})
        return self

    def reads(self) -> str:
        """Return everything that reached the browser, shown or not."""
        return self.page.content()

    def card(self, words: str) -> Locator:
        """Return the card or row that says *words*."""
        return self.main.locator("article, tr, li").filter(has_text=words).first

    @property
    def main(self) -> Locator:
        """The page without what stands around it."""
        return self.page.get_by_role("main")

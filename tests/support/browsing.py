"""What a browser complains about."""

import re

from playwright.sync_api import ConsoleMessage, Page

REFUSED = re.compile(r"status of 4(09|22) ")  # a refused form is an answer, which Chromium also writes down


def listen(page: Page, complaints: list[str]) -> Page:
    """Write into *complaints* what fails on *page*: scripts, missing files, what the policy blocks."""
    page.on("console", lambda said: complaints.append(said.text) if _is_complaint(said) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


def _is_complaint(said: ConsoleMessage) -> bool:
    return said.type in ("error", "warning") and not REFUSED.search(said.text)

"""The browser itself: what the security policy blocks does not run, and is noticed."""

import pytest

from tests.support.browsing import listen

pytestmark = pytest.mark.browser
PLANT = "document.head.append(Object.assign(document.createElement('script'), {textContent: 'planted = 1'}))"


def test_an_inline_script_is_blocked_and_noticed(site, new_context):
    complaints = []
    page = listen(new_context(base_url=site.url).new_page(), complaints)
    page.goto("/no-such-page")

    page.evaluate(f"() => {{ {PLANT} }}")

    assert page.evaluate("() => typeof planted") == "undefined"
    assert any("Content Security Policy" in complaint for complaint in complaints)


def test_a_missing_file_is_noticed(site, new_context):
    complaints = []
    page = listen(new_context(base_url=site.url).new_page(), complaints)

    page.goto("/no-such-page")

    assert any("404" in complaint for complaint in complaints)

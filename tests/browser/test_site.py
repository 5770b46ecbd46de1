"""The browser itself: the site is served, and what the security policy blocks is noticed."""

import pytest
from playwright.sync_api import expect

from tests.support.makers import PASSWORD, make_staff

pytestmark = pytest.mark.browser


def test_somebody_signs_in(site, phone, keep_picture):
    name = site.make(lambda: make_staff().sign_in_name)

    phone.goto("/accounts/sign-in")
    expect(phone.locator("h1")).to_have_count(1)
    phone.locator("input[type=password]").fill(PASSWORD)
    keep_picture(phone, "sign-in-phone")

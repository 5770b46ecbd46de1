import pytest
from flask import url_for
from werkzeug.middleware.proxy_fix import ProxyFix


def test_policy_allows_nothing_inline(visitor):
    policy = visitor.get("/page").headers["Content-Security-Policy"]

    assert policy == (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'; form-action 'self'"
    )


@pytest.mark.parametrize("path", ["/page", "/nowhere", "/refuse/rule", "/refuse/locked", "/static/theme.css"])
def test_every_answer_says_nosniff_and_keeps_its_address_to_itself(visitor, path):
    headers = visitor.get(path, buffered=True).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_page_of_a_signed_in_reader_is_not_kept(visitor):
    assert visitor.get("/page").headers["Cache-Control"] == "private, no-cache"

    with visitor.session_transaction() as signed:
        signed["_user_id"] = "7"

    assert visitor.get("/page").headers["Cache-Control"] == "no-store"


def test_what_comes_back_from_a_form_is_not_kept(visitor):
    assert visitor.post("/refuse/422").headers["Cache-Control"] == "no-store"


def test_strict_transport_where_cookies_want_https_whatever_a_proxy_says(site, visitor):
    site.config["SESSION_COOKIE_SECURE"] = True

    assert "Strict-Transport-Security" in visitor.get("/page").headers


def test_strict_transport_through_a_proxy_that_is_counted(site, visitor):
    forwarded = {"X-Forwarded-Proto": "https"}
    assert "Strict-Transport-Security" not in visitor.get("/page", headers=forwarded).headers
    site.wsgi_app = ProxyFix(site.wsgi_app, x_for=1, x_proto=1)

    assert "Strict-Transport-Security" in visitor.get("/page", headers=forwarded).headers


def test_strict_transport_only_over_https(visitor):
    assert "Strict-Transport-Security" not in visitor.get("/page").headers
    assert (
        "max-age=31536000"
        in visitor.get("/page", base_url="https://localhost").headers["Strict-Transport-Security"]
    )


@pytest.mark.parametrize("name", ["theme.css", "vendor/htmx.org@2.0.11/htmx.min.js"])
def test_static_file_with_a_version_is_kept_for_a_year(site, visitor, name):
    with site.test_request_context():
        address = url_for("static", filename=name)

    assert (
        visitor.get(address, buffered=True).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    )


def test_static_file_without_a_version_is_asked_for_again(visitor):
    assert visitor.get("/static/theme.css", buffered=True).headers["Cache-Control"] == "no-cache"
    assert visitor.get("/static/none.css?v=1").headers["Cache-Control"] == "no-cache"

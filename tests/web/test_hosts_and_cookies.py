"""The site answers under its own name only, and its cookie goes nowhere else."""

import secrets

import pytest

from pairing.accounts.rules import Role
from pairing.app import create_app
from pairing.db import db
from pairing.settings import Settings
from tests.support import databases, makers

SITE = "https://pairing.example.cn"
FORGED = [
    "evil.example", "evil.example:443", "pairing.example.cn.evil.example", "a.pairing.example.cn",
    "127.0.0.1", "localhost", "pairing.example.cn@evil.example", "", "[::1]", "xn--e1afmkfd.example",
]  # fmt: skip


@pytest.fixture(scope="module")
def served():
    """The app as it is served to real people."""
    settings = Settings(
        secret_key=secrets.token_urlsafe(48),
        database_url=databases.fresh_database("sqlite"),
        field_keys={"k1": secrets.token_bytes(32)},
        index_key=secrets.token_bytes(32),
        site_url=SITE,
        proxy_hops=1,
    )
    app = create_app(settings)
    yield app
    databases.close(app)
    databases.build_app("sqlite://")  # the other tests go on with their own keys and logs


def ask(app, path="/accounts/sign-in", **options):
    """Ask as a proxy with TLS does."""
    options.setdefault("base_url", SITE)
    return app.test_client().get(path, **options)


def test_it_answers_under_its_own_name(served):
    assert ask(served).status_code == 200


@pytest.mark.parametrize("host", FORGED)
def test_a_forged_host_is_refused_and_not_repeated(served, host):
    answer = ask(served, headers={"Host": host})

    assert answer.status_code == 400
    assert not host or host not in answer.text + str(answer.headers)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_forwarded_host_counts_for_nothing(served):
    answer = ask(served, "/home", headers={"X-Forwarded-Host": "evil.example"})

    assert answer.location.startswith("/accounts/sign-in")


def test_the_cookie_is_bound_to_this_host_and_to_https(served):
    cookie = ask(served).headers["Set-Cookie"]

    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie


def test_what_a_reader_prefers_is_kept_over_https_alone(served):
    client = served.test_client()
    token = (
        client.get("/accounts/sign-in", base_url=SITE)
        .text.split('name="csrf_token" value="')[1]
        .split('"')[0]
    )

    form = {"language": "en", "csrf_token": token}
    answer = client.post("/preferences", data=form, base_url=SITE, headers={"Referer": f"{SITE}/"})

    sent = answer.headers.getlist("Set-Cookie")
    cookies = [cookie for cookie in sent if cookie.startswith("__Host-language=")]
    assert ["Secure" in cookie and "HttpOnly" in cookie for cookie in cookies] == [True]


def test_the_signature_of_the_cookie_is_no_sha1(served):
    signer = served.session_interface.get_signing_serializer(served)

    assert signer.signer_kwargs["digest_method"]().name == "sha256"


def test_strict_transport_goes_out_through_the_proxy(served):
    headers = {"X-Forwarded-Proto": "https", "Host": "pairing.example.cn"}

    assert (
        "max-age=31536000"
        in ask(served, base_url="http://pairing.example.cn", headers=headers).headers[
            "Strict-Transport-Security"
        ]
    )


def test_an_error_of_the_database_does_not_say_what_was_asked(served):
    with served.app_context():
        makers.make_user(Role.AUDITOR, makers.DISTRICT, sign_in_name="亓官雪梅")
        with pytest.raises(Exception) as broken:  # noqa: PT011 - whatever the engine raises
            makers.make_user(Role.AUDITOR, makers.DISTRICT, sign_in_name="亓官雪梅")
        db.session.rollback()

    assert "亓官雪梅" not in str(broken.value)

"""What must not go into service does not start, and says which setting is wrong, not what it holds."""

import base64
import os
import secrets
import subprocess
import sys
from dataclasses import replace

import pytest

from pairing import settings as module
from pairing.app import create_app
from pairing.settings import BadSettings, Settings, check_file, check_mode, check_names, check_settings

SOUND = Settings(
    secret_key=secrets.token_urlsafe(48),
    database_url="sqlite:////var/lib/pairing/pairing.sqlite",
    field_keys={"k1": secrets.token_bytes(32)},
    index_key=secrets.token_bytes(32),
    site_url="https://pairing.example.cn",
)
KEY = secrets.token_bytes(32)
DEMO = {"demo": True, "https": False, "site_url": "http://127.0.0.1:8000"}
REFUSED = {
    "no secret": ({"secret_key": ""}, "PAIRING_SECRET_KEY"),
    "short secret": ({"secret_key": secrets.token_urlsafe(48)[:31]}, "PAIRING_SECRET_KEY"),
    "default secret": ({"secret_key": "changeme-changeme-changeme-changeme"}, "PAIRING_SECRET_KEY"),
    "placeholder": ({"secret_key": "your-secret-Zk8qP2mX4vT7wL1nR5" * 2}, "PAIRING_SECRET_KEY"),
    "one letter": ({"secret_key": "x" * 64}, "PAIRING_SECRET_KEY"),
    "repeated": ({"secret_key": "Zk8qP2mX4vT7wL1n" * 3}, "PAIRING_SECRET_KEY"),
    "alphabet": ({"secret_key": "abcdefghijklmnopqrstuvwxyz0123456789"}, "PAIRING_SECRET_KEY"),
    "secret is a key": (
        {"secret_key": base64.b64encode(KEY).decode(), "index_key": KEY},
        "PAIRING_SECRET_KEY",
    ),
    "secret is a key in hex": ({"secret_key": KEY.hex(), "field_keys": {"k1": KEY}}, "PAIRING_SECRET_KEY"),
    "field key is index key": ({"field_keys": {"k1": KEY}, "index_key": KEY}, "differ"),
    "two field keys alike": ({"field_keys": {"k1": KEY, "k2": KEY}}, "differ"),
    "zeros as a key": ({"index_key": bytes(32)}, "random"),
    "counted key": ({"field_keys": {"k1": bytes(range(32))}}, "random"),
    "key of the demo": ({"field_keys": {"demo1": KEY}}, "demo"),
    "plain http": ({"https": False}, "PAIRING_HTTPS"),
    "site over http": ({"site_url": "http://pairing.example.cn"}, "PAIRING_SITE_URL"),
    "site without host": ({"site_url": "https://"}, "PAIRING_SITE_URL"),
    "site with a path": ({"site_url": "https://example.cn/pairing"}, "PAIRING_SITE_URL"),
    "hops below zero": ({"proxy_hops": -1}, "PAIRING_PROXY_HOPS"),
    "too many hops": ({"proxy_hops": 6}, "PAIRING_PROXY_HOPS"),
    "database in memory": ({"database_url": "sqlite://"}, "DATABASE_URL"),
    "database named memory": ({"database_url": "sqlite:///:memory:"}, "DATABASE_URL"),
    "shared memory": ({"database_url": "sqlite:///file:x?mode=memory&uri=true"}, "DATABASE_URL"),
    "demo by https": (DEMO | {"https": True}, "PAIRING_DEMO"),
    "demo of a real site": (DEMO | {"site_url": "https://pairing.example.cn"}, "PAIRING_DEMO"),
    "demo on real data": (DEMO | {"database_url": module.DEFAULT_DATABASE}, "PAIRING_DEMO"),
    "demo that mails": (DEMO | {"smtp_url": "smtp://u:p@mail.example.cn:587"}, "PAIRING_DEMO"),
    "demo with a weak secret": (DEMO | {"secret_key": "x" * 64}, "PAIRING_SECRET_KEY"),
}


@pytest.mark.parametrize(("change", "named"), REFUSED.values(), ids=REFUSED)
def test_it_does_not_start_and_names_the_setting_alone(change, named):
    settings = replace(SOUND, **change)

    with pytest.raises(BadSettings, match=named) as refused:
        check_settings(settings)

    held = [
        settings.secret_key,
        "mail.example.cn",
        *(base64.b64encode(key).decode() for key in _keys(settings)),
    ]
    assert [word for word in held if word and word in str(refused.value)] == []


def _keys(settings):
    return [*settings.field_keys.values(), settings.index_key]


@pytest.mark.parametrize("change", [{}, {"proxy_hops": 2}, DEMO, {"secret_key": secrets.token_hex(16)}])
def test_what_is_sound_starts(change):
    check_settings(replace(SOUND, **change))


def test_a_misspelt_name_is_refused_with_the_right_one():
    with pytest.raises(
        BadSettings, match="PAIRING_PROXY_HOP is not a setting; did you mean PAIRING_PROXY_HOPS"
    ):
        check_names({"PAIRING_PROXY_HOP", "PATH"}, {"PAIRING_PROXY_HOPS"})


@pytest.mark.parametrize(
    ("mode", "refused"), [(0o600, False), (0o640, False), (0o644, True), (0o660, True), (0o602, True)]
)
def test_a_file_of_keys_is_for_its_owner(tmp_path, mode, refused):
    path = tmp_path / "settings.env"
    path.write_text("PAIRING_SECRET_KEY=x")
    path.chmod(mode)

    if refused:
        with pytest.raises(BadSettings, match="chmod 600"):
            check_file(path)
    else:
        check_file(path)


@pytest.mark.parametrize(
    "switch", [{"is_debug": True, "is_testing": False}, {"is_debug": False, "is_testing": True}]
)
def test_debugger_and_tests_are_not_for_real_people(switch):
    with pytest.raises(BadSettings, match="FLASK_DEBUG"):
        check_mode(SOUND, **switch)
    check_mode(replace(SOUND, **DEMO), **switch)


def test_the_app_refuses_the_debugger(monkeypatch, tmp_path):
    monkeypatch.setenv("FLASK_DEBUG", "1")

    with pytest.raises(BadSettings, match="FLASK_DEBUG"):
        create_app(replace(SOUND, database_url=f"sqlite:///{tmp_path}/x.sqlite"))


def test_no_secret_stands_in_the_words_of_the_settings():
    assert SOUND.secret_key not in repr(SOUND)
    assert "p@ss" not in repr(
        replace(SOUND, smtp_url="smtp://u:p@ss@host", database_url="postgresql://u:p@ss@host/x")
    )


def start(tmp_path, **given):
    """Read the settings in a process of its own; return its exit code and what it said."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PAIRING_", "FLASK_", "DATABASE_"))
    }
    environment = kept | {"PAIRING_SETTINGS": str(tmp_path / "settings.env")} | given
    command = [sys.executable, "-c", "from pairing.settings import read_settings; read_settings()"]
    done = subprocess.run(command, cwd=module.ROOT, env=environment, capture_output=True, text=True)
    return done.returncode, done.stderr


def written(tmp_path, *extra):
    """Write settings as ``make setup`` does."""
    module.write_settings(tmp_path / "settings.env", *extra)


def test_fresh_settings_start_as_they_are_written(tmp_path):
    written(tmp_path)
    assert start(tmp_path) == (0, "")


def test_fresh_settings_of_the_demo_start_and_have_a_key_of_their_own(tmp_path):
    written(tmp_path, "PAIRING_DEMO=1", "PAIRING_HTTPS=0", f"DATABASE_URL=sqlite:///{tmp_path}/demo.sqlite")
    assert start(tmp_path) == (0, "")

    code, said = start(
        tmp_path, PAIRING_DEMO="0", PAIRING_HTTPS="1", PAIRING_SITE_URL="https://pairing.example.cn"
    )
    assert (code, "key of the demo" in said) == (1, True)


def test_a_typing_error_in_the_file_is_found(tmp_path):
    written(tmp_path, "PAIRING_PROXY_HOP=1")

    code, said = start(tmp_path)

    assert (code, "PAIRING_PROXY_HOPS?" in said) == (1, True)


def test_a_file_that_everybody_reads_is_refused(tmp_path):
    written(tmp_path)
    (tmp_path / "settings.env").chmod(0o644)

    assert "chmod 600" in start(tmp_path)[1]

"""The virus scanner is asked where there is one; where it does not answer, nothing is taken."""

import socket

import pytest

from pairing.files.rules.kinds import PHOTOS
from pairing.files.rules.refusals import FileRefused, Infected
from pairing.files.services import inspect_file, refuse_infected, scanning
from pairing.settings import BadSettings, check_settings
from tests.files.hostile_pictures import JPEG
from tests.support.clamd import EICAR, scanner
from tests.support.databases import settings_for


@pytest.fixture
def ask(monkeypatch):
    """Return a function that asks the scanner at an address and gives the code of the refusal."""

    def asked(address, data=JPEG):
        monkeypatch.setattr(scanning, "_address", address)
        try:
            refuse_infected(data)
        except FileRefused as refused:
            return refused.code
        return ""

    return asked


def test_without_a_scanner_every_file_passes(ask):
    assert ask("", EICAR) == ""


@pytest.mark.parametrize(
    ("data", "code"), [(JPEG, ""), (JPEG + EICAR, "infected"), (bytes(300_000) + EICAR, "infected")]
)
def test_the_scanner_sees_the_whole_file(ask, data, code):
    with scanner() as address:
        assert ask(address, data) == code


def test_the_scanner_may_listen_at_a_path(ask, tmp_path):
    with scanner(family=socket.AF_UNIX, address=str(tmp_path / "clamd")) as address:
        assert ask(address, JPEG) == ""
        assert ask(address, EICAR) == "infected"


@pytest.mark.parametrize(
    "say", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK FOUND x\0", b"OK\0", b"x" * 9000]
)
def test_nothing_but_a_clear_yes_lets_a_file_pass(ask, say):
    with scanner(say) as address:
        assert ask(address) == "no_scanner"


def test_where_nobody_listens_nothing_is_taken(ask, tmp_path):
    with scanner() as address:
        gone = address

    assert ask(gone) == "no_scanner"
    assert ask(f"unix:{tmp_path}/nobody") == "no_scanner"


def test_a_scanner_that_hangs_is_not_waited_for(ask, monkeypatch):
    monkeypatch.setattr(scanning, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert ask(f"127.0.0.1:{silent.getsockname()[1]}") == "no_scanner"


def test_a_photo_is_scanned_as_it_was_sent(ask, monkeypatch):
    with scanner() as address:
        monkeypatch.setattr(scanning, "_address", address)

        with pytest.raises(Infected, match="病毒") as caught:
            inspect_file(JPEG + EICAR, "x.jpg", PHOTOS)

    assert caught.value.signature == "Eicar-Signature"


def test_a_refusal_for_want_of_a_scanner_says_so(monkeypatch):
    monkeypatch.setattr(scanning, "_address", "127.0.0.1:1")

    with pytest.raises(FileRefused, match="暂时无法查毒,请稍后再传"):
        inspect_file(JPEG, "x.jpg", PHOTOS)


@pytest.mark.parametrize("address", ["clamd", "unix:clamd", "http://127.0.0.1:3310", ":3310"])
def test_an_address_that_is_none_keeps_the_app_from_starting(address):
    settings = settings_for("sqlite://")
    object.__setattr__(settings, "clamd", address)

    with pytest.raises(BadSettings, match="PAIRING_CLAMD"):
        check_settings(settings)

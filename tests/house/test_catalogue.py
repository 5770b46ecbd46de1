"""English says everything that Chinese says."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "pairing" / "translations" / "en" / "LC_MESSAGES"
PLACE = re.compile(r"%\(\w+\)[a-z]|%%")
HAN = re.compile(r"[\u4e00-\u9fff]")
GATHER = ["pybabel", "-q", "extract", "-F", "pyproject.toml", "-k", "_l", "-k", "lazy_gettext"]


def catalogue(path, read):
    return {message.id: message for message in read(io.BytesIO(path.read_bytes())) if message.id}


@pytest.fixture
def gathered(tmp_path, monkeypatch):
    """Gather the texts of the checkout as ``make messages`` does."""
    monkeypatch.chdir(ROOT)
    CommandLineInterface().run([*GATHER, "-o", str(tmp_path / "messages.pot"), "."])
    return catalogue(tmp_path / "messages.pot", read_po).keys()


@pytest.fixture
def english():
    return catalogue(FOLDER / "messages.po", read_po)


def places(text):
    return sorted(PLACE.findall(text))


def test_every_text_has_its_english(gathered, english):
    said = {text for text, message in english.items() if message.string and not message.fuzzy}

    assert len(gathered) > 1000
    assert sorted(gathered - said) == []


def test_the_english_fills_in_what_the_chinese_does(english):
    assert [text for text, message in english.items() if places(text) != places(message.string)] == []


def test_no_chinese_is_left_in_the_english(english):
    assert [message.string for message in english.values() if HAN.search(message.string)] == []


def test_the_compiled_catalogue_is_the_written_one(english):
    compiled = catalogue(FOLDER / "messages.mo", read_mo)

    assert {text: m.string for text, m in compiled.items()} == {text: m.string for text, m in english.items()}

"""What was given out is never changed; what is said differently is a new version."""

import hashlib
from datetime import date

import pytest

from pairing.consents import rules
from pairing.consents.rules import Purpose, find_text, text_on, versions_of

GIVEN_OUT = {  # a change of these words belongs into a new version, with a new line here
    ("pairing", "2026-11"): "46d14d6c9d45b9ee",
    ("photo", "2026-11"): "4e6e136fa050b5e0",
    ("publicity", "2026-11"): "391d198275281014",
}


def fingerprint(text):
    words = repr((text.title, text.valid_from, text.parts))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def test_the_words_that_were_given_out_stand_as_they_were():
    assert {(text.purpose.value, text.version): fingerprint(text) for text in rules.TEXTS} == GIVEN_OUT


@pytest.mark.parametrize("purpose", Purpose)
def test_every_text_says_what_the_law_asks_for(purpose):
    words = str(text_on(purpose, date(2026, 11, 23)).parts)

    for said in ("哪些信息", "谁能看到", "保存多久", "撤回", "不同意会怎样", "14 周岁"):
        assert said in words


def test_a_new_version_is_used_from_its_day_and_alters_nothing_agreed(tmp_path, monkeypatch):
    newer = '[[text]]\npurpose = "photo"\nversion = "2027-3"\nvalid_from = 2027-03-01\n'
    newer += 'title = "拍照"\nparts = [["甲", "乙"]]\n'
    (tmp_path / "texts.toml").write_text(rules.TEXTS_FILE.read_text("utf-8") + newer, "utf-8")
    old = find_text(Purpose.PHOTO, "2026-11")

    monkeypatch.setattr(rules, "TEXTS", rules.read_texts(tmp_path / "texts.toml"))

    days = (date(2020, 1, 1), date(2027, 2, 28), date(2027, 3, 1))
    assert [text_on(Purpose.PHOTO, on).version for on in days] == ["2026-11", "2026-11", "2027-3"]
    assert find_text(Purpose.PHOTO, "2026-11") == old
    assert len(versions_of(Purpose.PAIRING)) == 1

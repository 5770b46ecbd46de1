"""What households may be asked to agree to, in which words, and who speaks for a child."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pairing.values.identity import age_on
from pairing.wording import Labelled, _

GUARDED_AGE = 14  # Personal Information Protection Law, article 31: below it a guardian decides
ADULT_AGE = 18
BEFORE = "before-2026-11"  # agreed before texts were kept
TEXTS_FILE = Path(__file__).with_name("texts.toml")


class Purpose(Labelled):
    """What a household agrees to; each is asked for by itself."""

    PAIRING = "pairing", _("结对帮扶")
    PUBLICITY = "publicity", _("宣传报道")
    PHOTO = "photo", _("拍照留存")


class GivenHow(Labelled):
    """How the household said yes."""

    PAPER = "paper", _("签了纸质同意书")
    ORAL = "oral", _("上门口头同意,有见证人")
    DEVICE = "device", _("在工作人员的设备上签名")
    EARLIER = "earlier", _("按以前的办法记录,没有签名")


OFFERED = (GivenHow.PAPER, GivenHow.ORAL, GivenHow.DEVICE)


class WithdrawnHow(Labelled):
    """How the household took its yes back."""

    PHONE = "phone", _("电话")
    IN_PERSON = "in_person", _("当面")
    WRITTEN = "written", _("书面")


@dataclass(frozen=True)
class ConsentText:
    """The words of one version for one purpose, in Chinese, as they were agreed to."""

    purpose: Purpose
    version: str
    valid_from: date
    title: str
    parts: tuple[tuple[str, str], ...]  # heading, words


def read_texts(path: Path = TEXTS_FILE) -> tuple[ConsentText, ...]:
    """Read every version, the oldest first."""
    rows = tomllib.loads(path.read_text("utf-8"))["text"]
    texts = (
        ConsentText(
            Purpose(row["purpose"]),
            row["version"],
            row["valid_from"],
            row["title"],
            tuple((heading, words) for heading, words in row["parts"]),
        )
        for row in rows
    )
    return tuple(sorted(texts, key=lambda text: text.valid_from))


TEXTS = read_texts()


def versions_of(purpose: Purpose) -> list[ConsentText]:
    """Return the versions of a purpose, the newest first."""
    return [text for text in reversed(TEXTS) if text.purpose is purpose]


def text_on(purpose: Purpose, on: date) -> ConsentText:
    """Return the version that is used on a day; the first one before there was any."""
    versions = versions_of(purpose)
    return next((text for text in versions if text.valid_from <= on), versions[-1])


def find_text(purpose: Purpose, version: str) -> ConsentText | None:
    """Return the words of a version; None for what was agreed before texts were kept."""
    return next((text for text in versions_of(purpose) if text.version == version), None)


def needs_guardian(birth_on: date, on: date) -> bool:
    """Whether a guardian decides for somebody on a day."""
    return age_on(birth_on, on) < GUARDED_AGE


def last_free_birth(on: date) -> date:
    """Return the latest birthday of those who speak for themselves on a day."""
    leap = (on.month, on.day) == (2, 29)  # fourteen years before there was no such day
    return date(on.year - GUARDED_AGE, on.month, 28 if leap else on.day)

"""Text as offices type it: full-width letters, stray blanks, invisible characters, lists in one cell."""

import re
import unicodedata
from datetime import date, datetime, time

from pairing.errors import BadValue
from pairing.wording import _

WIDE = {
    code: code - 0xFEE0
    for first, last in ("０９", "ＡＺ", "ａｚ")
    for code in range(ord(first), ord(last) + 1)
}
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
SEPARATORS = re.compile(r"[、,;/\s\\|]+")
DOTS = re.compile(r"\s*[·•・‧∙⋅．᛫・]\s*")
EXACT_FLOAT = 1e15  # Excel keeps 15 digits


def cell_text(value: object) -> str:
    """Give the characters of a cell or a form field; 1.0 is "1", an empty cell is ""."""
    if type(value) is str and value.isprintable():  # neither invisible nor control characters
        return value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT_FLOAT:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return CONTROL.sub("", INVISIBLE.sub("", str(value)))


def plain(value: object) -> str:
    """Give the compatibility-normal form on one line, for text that a parser reads next."""
    return " ".join(unicodedata.normalize("NFKC", cell_text(value)).split())


def fold(value: object) -> str:
    """Give the form in which two labels are compared: no blanks, one case, one width."""
    return "".join(plain(value).split()).casefold()


def read_line(value: object, most: int = 200) -> str:
    """Read one line of free text; Chinese punctuation stays, full-width digits and letters do not."""
    return _at_most(" ".join(cell_text(value).translate(WIDE).split()), most)


def read_note(value: object, most: int = 2000) -> str:
    """Read free text that may have several lines."""
    lines = (" ".join(line.split()) for line in cell_text(value).translate(WIDE).splitlines())
    return _at_most("\n".join(lines).strip(), most)


def read_name(value: object, most: int = 50) -> str:
    """Read a person's name: "华　明珍" is 华明珍, and the dot of a name such as 阿里木·买买提 stays."""
    name = DOTS.sub("·", plain(value))
    name = re.sub(r"(?<![A-Za-z.]) | (?![A-Za-z])", "", name)
    if not name:
        raise BadValue("missing_name", _("请填写姓名"))
    if len(name) > most or not any(map(str.isalpha, name)) or any(map(str.isdigit, name)):
        raise BadValue("name_malformed", _("姓名中有不能识别的字符,请只填写姓名"))
    return name


def split_many(value: object) -> list[str]:
    """Give the parts of a cell that names several things, each once, in the order given."""
    return list(dict.fromkeys(part for part in SEPARATORS.split(plain(value)) if part))


def _at_most(text: str, most: int) -> str:
    if len(text) > most:
        raise BadValue("text_too_long", _("内容太长,最多 %(most)s 个字", most=most))
    return text

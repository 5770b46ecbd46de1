"""Which passwords anybody would guess: known ones, rows of keys, what stands on the page anyway.

Nothing is asked of the kinds of characters; long and one's own is what counts.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pairing.wording import Wording, _

LONGEST = 128  # so that hashing takes a bounded time
WITH_FACTOR = 8  # characters, where a code is asked for besides
ALONE = 15
LEAST_WORD = 3  # a shorter name says nothing
COMMON = Path(__file__).with_name("common_passwords.txt")  # its origin stands in the LICENSE file beside it
# What people here type first; any number of them in a row, with any figures.
FAVOURITES = (
    "woaini", "woaiwo", "woaiwojia", "woshishei", "woshi", "aini", "iloveyou", "ilove", "love", "baobei",
    "baobao", "laopo", "laogong", "mama", "baba", "mima", "nihao", "zaijian", "xiexie", "caonima", "nimabi",
    "zhongguo", "beijing", "qingdao", "shandong", "shinan", "password", "passwd", "welcome",
    "admin", "root", "test", "abc", "abcd", "qwer", "asdf", "zxcv", "qaz", "wsx", "edc",
    "我爱你", "我爱我家", "中国", "青岛", "你好", "密码",
)  # fmt: skip
SITE = ("pairing", "jiedui", "bangfu", "结对", "帮扶", "平台", "市南区", "shinanqu")
ROWS = (
    "01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,./", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "qazwsxedcrfvtgbyhnujmikolp", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "147258369", "159357",
    "!@#$%^&*()",
)  # fmt: skip
FAVOURITE = re.compile(f"(?:{'|'.join(sorted(FAVOURITES, key=len, reverse=True))}|[0-9])++[!@#$.*?~_-]*")
LONGEST_UNIT = 8  # "abcabcabc" repeats three characters
TAIL = re.compile(r"[\W\d_]+\Z")


def password_fault(password: str, least: int, own_words: Iterable[str] = ()) -> Wording | None:
    """Say why *password* must not be chosen, None if it may; *own_words* are names that others know too."""
    if len(password) < least:
        return _("密码至少 %(length)d 个字符", length=least)
    if len(password) > LONGEST:
        return _("密码最多 %(length)d 个字符", length=LONGEST)
    folded = _fold(password)
    if _is_common(folded) or _is_pattern(folded):
        return _("这个密码太常见,容易被猜到;请换一句只有您知道的话")
    if _is_made_of(folded, [*own_words, *SITE]):
        return _("密码里不要主要用姓名、登录名或平台的名字;请换一句只有您知道的话")
    return None


def _fold(text: str) -> str:
    """Give the form in which two passwords are alike: one case, one width, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text("utf-8").split())


def _is_common(folded: str) -> bool:
    bare = TAIL.sub("", folded)
    return folded in _common() or bare in _common() or FAVOURITE.fullmatch(folded) is not None


def _is_pattern(folded: str) -> bool:
    """Whether it repeats a few characters, or runs along the alphabet, the figures or a row of keys."""
    for unit in range(1, min(LONGEST_UNIT, len(folded) // 2) + 1):
        if (folded[:unit] * len(folded))[: len(folded)] == folded:
            return True
    rows = [row for line in ROWS for row in (line * 2, line[::-1] * 2)]
    return not folded or any(folded in row for row in rows)


def _is_made_of(folded: str, words: Iterable[str]) -> bool:
    """Whether little is left of it without *words* and figures."""
    known = sorted({_fold(word) for word in words if len(word) >= LEAST_WORD or not word.isascii()}, key=len)
    left = folded
    for word in reversed(known):
        left = left.replace(word, "") if word else left
    return left != folded and len(re.sub(r"[\d\W_]", "", left)) < LEAST_WORD

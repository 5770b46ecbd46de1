"""Search keys by which a Chinese name is found by its sound.

The usual reading of a character is often wrong for a surname (单 is Shan, not Dan), so every
reading of the first character has its keys.
"""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin, pinyin

from pairing.values.text import fold


def search_keys(name: str) -> str:
    """Give full pinyin and initials for each reading: " shantianfang stf dantianfang dtf ".

    Each key begins after a blank, so ``LIKE '% stf%'`` finds it by its beginning.
    """
    text = fold(name).replace("·", "")
    if not text:
        return ""
    rest = _syllables(text[1:])
    keys: dict[str, None] = {}
    for first in _readings(text[0]):
        for syllables in ([first, *rest], [first[:1], *(syllable[:1] for syllable in rest)]):
            keys["".join(syllables)] = None
    return f" {' '.join(keys)} "


@lru_cache(maxsize=4096)
def _readings(character: str) -> tuple[str, ...]:
    return tuple(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


@lru_cache(maxsize=4096)
def _syllables(given: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(given))


def query_key(typed: str) -> str:
    """Give the form in which something typed is compared with search keys."""
    return fold(typed).replace("'", "").replace("ü", "v")

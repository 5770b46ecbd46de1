"""Search keys by which a Chinese name is found by its sound.

The usual reading of a character is often wrong for a surname (单 is Shan, not Dan), so every
reading of the first character has its keys.
"""

from pypinyin import Style, lazy_pinyin, pinyin

from pairing.values.text import fold


def search_keys(name: str) -> str:
    """Give full pinyin and initials for each reading: " shantianfang stf dantianfang dtf ".

    Each key begins after a blank, so ``LIKE '% stf%'`` finds it by its beginning.
    """
    text = fold(name).replace("·", "")
    if not text:
        return ""
    rest = lazy_pinyin(text[1:])
    keys: dict[str, None] = {}
    for first in pinyin(text[0], style=Style.NORMAL, heteronym=True)[0]:
        for syllables in ([first, *rest], [first[:1], *(syllable[:1] for syllable in rest)]):
            keys["".join(syllables)] = None
    return f" {' '.join(keys)} "


def query_key(typed: str) -> str:
    """Give the form in which something typed is compared with search keys."""
    return fold(typed).replace("'", "").replace("ü", "v")

"""Names of communities and subdistricts, however their office is called."""

import re

from pairing.values.text import fold

OFFICE = re.compile(r"(?:社区)?(?:居民委员会|居委会|党群服务中心)$|社区$|(?:街道办事处|街道办|街道)$")


def place_key(value: object) -> str:
    """Give the bare name: 台西, 台西社区, 台西社区居委会 and " 台西社区 " are one place."""
    name = fold(value)
    return OFFICE.sub("", name) or name

"""Unified social credit codes of organisations, GB 32100: 18 characters without I O S V Z."""

import re

from stdnum.cn import uscc

from pairing.errors import BadValue
from pairing.values.text import plain
from pairing.wording import _

SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")


def read_uscc(value: object) -> str:
    """Read the code as 18 upper-case characters with a right check character."""
    if isinstance(value, int | float):
        raise BadValue(
            "uscc_malformed", _("统一社会信用代码被当作数字保存,已不完整;请设为文本格式后重新填写")
        )
    code = re.sub(r"[\s'`-]", "", plain(value)).upper()
    if not code:
        raise BadValue("missing_uscc", _("请填写统一社会信用代码"))
    if not SHAPE.fullmatch(code):
        raise BadValue("uscc_malformed", _("统一社会信用代码应为18位数字或大写字母,不用字母 I、O、S、V、Z"))
    if uscc.calc_check_digit(code) != code[-1]:
        raise BadValue("uscc_checksum", _("统一社会信用代码校验位不对,请逐位核对"))
    return code

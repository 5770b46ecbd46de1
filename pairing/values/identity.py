"""Resident identity numbers, GB 11643: 6 digits area, 8 birth date, 3 order, 1 check character.

The area is not judged: numbers of abolished districts are as good as any other.
"""

import re
from datetime import date

from stdnum.cn import ric

from pairing.errors import BadValue
from pairing.values.people import Gender
from pairing.values.text import plain
from pairing.wording import _

SHAPE = re.compile(r"[0-9]{17}[0-9X]")
SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]+")
FIRST_BIRTH = date(1900, 1, 1)


def read_identity(value: object, today: date) -> str:
    """Read the number as 18 characters, upper case, after every check that needs no register."""
    number = normal_identity(value)
    if not SHAPE.fullmatch(number):
        raise BadValue("id_malformed", _("身份证号应为18位,前17位是数字,末位是数字或X"))
    _check_birth(number, today)
    if ric.calc_check_digit(number) != number[-1]:
        raise BadValue("id_checksum", _("身份证号校验位不对,请逐位核对"))
    return number


def normal_identity(value: object) -> str:
    """Give the characters without blanks, upper case, unchecked; for looking a number up."""
    if isinstance(value, int | float):
        raise _numeric()
    number = re.sub(r"[\s'`-]", "", plain(value)).upper()
    if not number:
        raise BadValue("missing_id", _("请填写身份证号"))
    if SCIENTIFIC.fullmatch(number):
        raise _numeric()
    return number


def birth_date(identity: str) -> date:
    """Give the birth date written in a number that was read."""
    return date(int(identity[6:10]), int(identity[10:12]), int(identity[12:14]))


def gender(identity: str) -> Gender:
    """Give the gender written in a number that was read: the 17th digit is odd for men."""
    return Gender.MALE if int(identity[16]) % 2 else Gender.FEMALE


def age_on(birth: date, today: date) -> int:
    """Count full years; who is born on 29 February gains a year on 1 March of a common year."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _check_birth(number: str, today: date) -> None:
    try:
        birth = birth_date(number)
    except ValueError:
        birth = date.max
    if not FIRST_BIRTH <= birth <= today:
        raise BadValue("impossible_birth_date", _("身份证号第7至14位不是真实的出生日期"))


def _numeric() -> BadValue:
    return BadValue(
        "id_numeric",
        _("身份证号被当作数字保存,表格只保留前15位,后3位已丢失;请把单元格设为文本格式后重新填写"),
    )

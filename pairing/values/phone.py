"""Telephone numbers, kept as E.164.

Every 11-digit number that begins with 1 counts as a mobile number: new ranges appear before the
number tables know them, and demonstrations use ranges that nobody owns. All else must be valid.
"""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from pairing.errors import BadValue
from pairing.values.text import plain
from pairing.wording import _

TYPED = re.compile(r"[0-9 +()\-—–.]{5,30}")
USUAL = re.compile(r"1(?:[0345689][0-9]|7[0-8])[0-9]{8}")  # without the codes dialled before a number
MOBILE = range(10_000_000_000, 20_000_000_000)
CHINA = 86


def read_phone(value: object) -> str:
    """Read the number as E.164, such as +8613800138000."""
    typed = plain(value).lstrip("'")
    if not typed:
        raise BadValue("missing_phone", _("请填写联系电话"))
    if USUAL.fullmatch(typed):  # nearly all of them: the tables would say the same after a while
        return f"+{CHINA}{typed}"
    number = _parse(typed)
    if number is None or not _plausible(number):
        raise BadValue("phone_malformed", _("联系电话不对:手机号应为11位,固定电话请加区号,只填一个号码"))
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def format_phone(e164: str) -> str:
    """Write the number as it is read out: 138 0013 8000, 0532 8288 1234; a number that is gone is ""."""
    if not e164:
        return ""
    number = phonenumbers.parse(e164, "CN")
    if is_mobile(e164):
        digits = str(number.national_number)
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    form = PhoneNumberFormat.NATIONAL if number.country_code == CHINA else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def is_mobile(e164: str) -> bool:
    """Tell whether a number that was read can receive a text message in China."""
    return re.fullmatch(r"\+861[0-9]{10}", e164) is not None


def _parse(typed: str) -> PhoneNumber | None:
    if not TYPED.fullmatch(typed):
        return None
    try:
        return phonenumbers.parse(typed, "CN")
    except NumberParseException:
        return None


def _plausible(number: PhoneNumber) -> bool:
    if number.country_code == CHINA and number.national_number in MOBILE:
        return True
    return phonenumbers.is_valid_number(number)

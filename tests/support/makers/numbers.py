"""Numbers that pass every check and belong to nobody."""

from datetime import date, timedelta

from stdnum.cn import ric
from stdnum.cn import uscc as credit_code

from tests.support.makers.saving import numbers

UNASSIGNED = "370299"
ORDERS = 500  # the order number's last digit tells the gender, so half of 1000 are left for each


def identity_number(birth_on: date | None = None, female: bool = True) -> str:
    """Return a new identity number with a right check character; without a day of birth there are many."""
    turn = next(numbers)
    birth_on = birth_on or date(1956, 3, 8) + timedelta(days=turn // ORDERS)
    order = (turn % ORDERS) * 2 + (0 if female else 1)
    digits = f"{UNASSIGNED}{birth_on:%Y%m%d}{order:03d}"
    return digits + ric.calc_check_digit(digits + "0")  # it leaves the last character out


def phone_number() -> str:
    """Return a new mobile number in E.164, of a range that nobody owns."""
    return f"+86100{next(numbers):08d}"


def uscc() -> str:
    """Return a new unified social credit code with right check characters."""
    digits = f"91370299MA{next(numbers):07d}"
    return digits + credit_code.calc_check_digit(digits)

"""What can be said of any person."""

from pairing.wording import Labelled, _


class Gender(Labelled):
    """Gender as GB/T 2261.1 and the 17th digit of an identity number tell it."""

    MALE = "male", _("男")
    FEMALE = "female", _("女")

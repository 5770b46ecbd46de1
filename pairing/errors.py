"""The ways in which a deed is refused, each in the user's words and with a code."""

from pairing.wording import Wording


class Refused(Exception):
    """Something the user asked for is not done; *message* says why, *code* names the rule."""

    def __init__(self, message: Wording, code: str) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


class RuleBroken(Refused):
    """A rule of the domain forbids the deed; answered with 409 and a page in words."""


class NotFound(Refused):
    """There is no such thing for this person; answered with 404, inside or outside the scope."""

    def __init__(self) -> None:
        super().__init__(Wording("没有找到,或不在您的工作范围内"), "not_found")


class BadValue(ValueError):
    """What somebody typed cannot be read; *code* is the reason name used by imports."""

    def __init__(self, code: str, message: Wording) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

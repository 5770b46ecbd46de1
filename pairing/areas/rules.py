"""What an area code says by itself."""

LENGTHS = {4: "city", 6: "district", 9: "subdistrict", 12: "community"}


def level_of(code: str) -> str | None:
    """Return the level that the length of *code* stands for; None if it stands for none."""
    return LENGTHS.get(len(code)) if code.isdigit() else None


def is_within(code: str, scope: str) -> bool:
    """Whether the area *code* lies in *scope*; both are codes, scope is a prefix."""
    return code.startswith(scope)


def nearness(one: str, other: str) -> float:
    """How near two communities are: 1 the same, 0.6 the same subdistrict, 0.25 the same district, 0."""
    for length, near in ((12, 1.0), (9, 0.6), (6, 0.25)):
        if one[:length] == other[:length]:
            return near
    return 0.0

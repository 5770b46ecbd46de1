"""How a household's file is numbered."""

FILE_NUMBERS = 999_999  # of one subdistrict in one year


def file_prefix(area_code: str, year: int) -> str:
    """Return what the file numbers of a subdistrict and year begin with: ``370202002-2026-``."""
    return f"{area_code[:9]}-{year}-"


def file_number(prefix: str, number: int) -> str:
    """Return the number of a file: ``370202002-2026-000123``."""
    return f"{prefix}{number:06d}"


def serial_of(file_no: str) -> int:
    """Return the last part of a file number as a number."""
    return int(file_no.rsplit("-", 1)[1])

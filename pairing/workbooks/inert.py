"""Texts that a spreadsheet could take for a formula, made harmless and restored.

The apostrophe keeps them texts even when the sheet is saved as CSV and opened again.
"""

RISKY = tuple("=+-@\t\r\n＝＋－＠﹢﹣﹦﹫−|%")

PARTING = "\t\r\n"  # also behind a blank


def inert(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula."""
    return f"'{text}" if _is_risky(text) else text


def bare(text: str) -> str:
    """Take away the apostrophe that ``inert`` put before a text."""
    return text[1:] if text.startswith("'") and _is_risky(text[1:]) else text


def _is_risky(text: str) -> bool:
    lead = text[: len(text) - len(text.lstrip())]
    return text.startswith(RISKY) or text.lstrip().startswith(RISKY) or any(mark in lead for mark in PARTING)

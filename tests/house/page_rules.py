"""House rules on templates, style sheets, scripts and lock files; each returns what breaks its rule."""

import re

LONGEST_TEMPLATE = 80
UNSAFE = {
    "the safe filter": r"\|\s*safe\b",
    "autoescape off": r"autoescape\s+false",
    "hx-on": r"\bhx-on",
    "hx-vals by script": r"""hx-(?:vals|headers)\s*=\s*["']\s*js:""",
    "an inline script": r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>",
    "an inline style sheet": r"<style\b",
    "a style attribute": r"<[a-z][^>]*\sstyle\s*=",
    "an event attribute": r"<[a-z][^>]*\son[a-z]+\s*=",
    "a javascript: address": r"""["']\s*javascript:""",
}
FETCHED = r"""(?:(?:src|href|action)\s*=\s*["']|url\(\s*["']?|@import\s+["']?|import\s+[^;]*["'])"""
FOREIGN = FETCHED + r"\s*(?:https?:)?//"
ADDRESS = r"(?:https?|file|git\+\w+|ssh)://|--(?:extra-)?index-url|--find-links|--trusted-host"
MACHINE_PATHS = r"(?<![\w.])/(?:work|home|root|Users|mnt|opt)/\w"


def unsafe_marks(source: str) -> list[str]:
    """Return every mark in a template that the security policy blocks or that trusts what people typed."""
    return [name for name, pattern in UNSAFE.items() if re.search(pattern, source, re.IGNORECASE)]


def foreign_addresses(source: str) -> list[str]:
    """Return everything that a browser would fetch from somewhere else."""
    return re.findall(FOREIGN, source, re.IGNORECASE)


def too_long(source: str) -> list[str]:
    """Return the length of a template that should be cut into pieces."""
    lines = source.count("\n")
    return [f"{lines} lines, at most {LONGEST_TEMPLATE}"] if lines > LONGEST_TEMPLATE else []


def package_addresses(source: str) -> list[str]:
    """Return every address in a lock file: which mirror is used is a matter of the machine."""
    return re.findall(ADDRESS, source)


def machine_paths(source: str) -> list[str]:
    """Return every path that exists on one machine only."""
    return re.findall(MACHINE_PATHS, source)

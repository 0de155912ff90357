"""Phone numbers by the plan of this country (Ofcom, National Telephone Numbering Plan)."""

from __future__ import annotations

import re

# Three-digit and other short codes that are services of their own.
SHORT = frozenset(
    {"999", "112", "101", "105", "111", "119", "159", "18000", "18001", "116123", "116000"}
)
_FREEPHONE_SHORT = re.compile(r"0800\d{6}|08001111|0845464\d")  # older, shorter ones in use
_NATIONAL = re.compile(
    r"01\d{8,9}|02\d{9}|03\d{9}|055\d{8}|056\d{8}|07[0-9]\d{8}|080[08]\d{7}|08[47]\d{8}"
)


def is_number(said: str) -> bool:
    """Whether this can be dialled here; a premium rate number is none for people in need."""
    digits = digits_of(said)
    if not re.fullmatch(r"\+?[\d ()-]+", said.strip()):
        return False
    return digits in SHORT or bool(
        _NATIONAL.fullmatch(digits) or _FREEPHONE_SHORT.fullmatch(digits)
    )


def digits_of(said: str) -> str:
    """The digits as dialled in this country: ``+44 20 7946 0000`` -> ``02079460000``."""
    digits = re.sub(r"[^\d+]", "", said.replace("(0)", ""))
    return re.sub(r"^(\+|00)44", "0", digits)

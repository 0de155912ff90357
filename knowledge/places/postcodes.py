"""Postcodes in running text, cut down to the outward half as soon as they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Royal Mail: the inward half never has C, I, K, M, O or V.
_INWARD = r"\d[abd-hjlnp-uw-z]{2}"
_FULL = re.compile(rf"\b([a-z]{{1,2}})[ ]?(\d[a-z\d]?)[ -]{{0,3}}({_INWARD})\b", re.IGNORECASE)
_OUTWARD = re.compile(r"\b([a-z]{1,2})(\d{1,2}[a-z]?)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"^\d(st|nd|rd|th)$", re.IGNORECASE)
# Written like a code, meant as something else: "me2" (me too), "ne1" (anyone), carbon dioxide.
_CHAT_WORDS = frozenset({"ME2", "NE1", "CO2", "SO2", "BR7", "SO1", "CR7"})


@dataclass(frozen=True)
class Code:
    """An outward code found in text; ``full`` when the inward half stood there too."""

    start: int
    end: int
    outward: str
    full: bool

    @property
    def letters(self) -> str:
        """The postcode area, "SG" of "SG1"."""
        return self.outward.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").rstrip("0123456789")


def codes_in(text: str) -> Iterator[Code]:
    """Codes as they stand in the text, full ones first; the inward half is not kept."""
    taken: list[tuple[int, int]] = []
    for match in _FULL.finditer(text):
        if _ORDINAL.match(match[3]) and text[match.end(1)] == " ":
            continue  # "so 1 2nd" is a date, "SG1 3RD" a postcode
        taken.append(match.span())
        yield Code(match.start(), match.end(), (match[1] + match[2]).upper(), full=True)
    for match in _OUTWARD.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            yield Code(match.start(), match.end(), match[0].upper(), full=False)


def reads_as_code(code: Code, text: str) -> bool:
    """Whether a lone outward half can be taken for one: two letters, not a road or chat word."""
    if code.full:
        return True
    if code.outward in _CHAT_WORDS:
        return bool(re.search(r"post\s?code", text, re.IGNORECASE))
    return len(code.letters) == 2

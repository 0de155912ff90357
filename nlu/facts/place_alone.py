"""A town that stands alone between marks: `they took the van. Ramsey. not told the police yet`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.places import Gazetteer, Mention
from nlu.facts.dates.deeds import EVENT

_PIECE = re.compile(r"[^.!?;,\n]+")
LONGEST = 3  # words of a name
FULL_STOPS = ".!?;\n"
# A name under a message is its writer; beside a person it is that person.
FAREWELL = re.compile(
    r"\b(?:thanks?|thank you|regards|cheers|ta|yours|love|from|sincerely|name is|called)\W*$",
    re.IGNORECASE,
)
_A_PERSON = re.compile(r"\b(?:my|our|his|her|their|the|a|hi|hello|hey|dear) \w+$", re.IGNORECASE)
_FIRST_NAMES = frozenset({"ashley", "elton", "sandy", "stanley", "harley", "shelley", "reed"})


def alone(gazetteer: Gazetteer, text: str) -> Mention | None:
    """The place of the first piece of a message, past its opening, that is nothing but a name."""
    for before, piece in _pieces(text):
        if piece.lower() not in _FIRST_NAMES and not FAREWELL.search(before):
            found = gazetteer.mentions(piece, answering=True)
            if len(found) == 1 and found[0].as_said.lower() == piece.lower():
                return found[0]
    return None


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Short pieces with the text before them, where no person is called by that name."""
    for found in _PIECE.finditer(text):
        piece, before = found.group().strip(), text[: found.start()].rstrip()
        if not before or len(piece.split()) > LONGEST:
            continue
        after = text[found.end() : found.end() + 1]
        led_by_comma = before[-1:] == ","
        told = before.rstrip(" ,").lower()
        if led_by_comma and after == "," and (_A_PERSON.search(told) or not EVENT.search(told)):
            continue
        if not (led_by_comma and _A_PERSON.search(told)):
            yield before, piece

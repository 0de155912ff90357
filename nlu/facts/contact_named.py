"""The places at which an answer names a way of getting in touch, wanted or not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.facts import contact_ways
from nlu.facts.plain import Plain
from nlu.facts.rulebook import rulebook

LANDLINE = "landline"
PHONE = "phone"
# Other words for a way, which alone are too weak to say that it is wanted.
_LOOSELY = {
    "text": re.compile(r"(?<!leave )(?<!leave a )(?<!no )\b(?:messages?|msgs?|ping)\b"),
    "letter": re.compile(r"\b(?:write|writing|cards?|paper|postal)\b"),
    PHONE: re.compile(
        r"\b(?:rang|rings|rung|phones|telephones|telephoning|voice|bell|tinkle|buzz|"
        r"speak|talk|blower)\b"
    ),
    "this_chat": re.compile(r"\b(?:here|chat|window|typing)\b"),
}
LOOSELY = "loosely"


@dataclass(frozen=True)
class Way:
    """A way as it is named: ``how`` of the contract, where in the plain words, how it stands.

    ``stands`` is what rules make of the words beside it: `named`, `denied` or `no channel`; or
    `loosely`.
    """

    start: int
    end: int
    how: str
    stands: str


def ways(plain: Plain) -> list[Way]:
    """Every way that is named, in the order of the words; a landline is a phone."""
    found: dict[tuple[int, int], Way] = {}
    for group in rulebook("contact").groups:
        part, _, value = group.name.partition(".")
        if part == "channel":
            how = PHONE if value == LANDLINE else value
            for hit in group.finditer(plain.text):
                stands = contact_ways.stands(plain, value, hit.span())
                found.setdefault(hit.span(), Way(*hit.span(), how, stands))
    for how, pattern in _LOOSELY.items():
        for hit in pattern.finditer(plain.text):
            if not any(start < hit.end() and hit.start() < end for start, end in found):
                found[hit.span()] = Way(*hit.span(), how, LOOSELY)
    return [found[span] for span in sorted(found)]

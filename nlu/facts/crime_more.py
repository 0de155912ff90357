"""Crimes that a message tells beside the one it is about: `burgled, and then my card was used`."""

from __future__ import annotations

import re

from nlu.facts import crime
from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import rulebook

NAME = "also"
# Named beside another one, these are crimes of their own. All others may be a word for the same:
# `he hit me with a bottle and took my bag`, `they smashed the window and got in`.
OF_THEIR_OWN = frozenset(
    {"fraud_cyber", "burglary", "robbery", "vehicle_crime", "arson", "sexual_offence", "stalking"}
)
# What is done with a card or the details that were taken; alone it may be how a theft was noticed.
_USED = re.compile(
    r"(?<!\bi )(?<!\bwe )\b(?:us(?:ed|ing)|spen(?:t|ding)|pa(?:id|ying)|bought|took)\b[^.!?]{0,30}"
    r"\b(?:my|our|the|her|his|mum's|dad's|that|one of the) (?:\w+ ){0,2}"
    r"(?:cards?|contactless|pin|cheque ?book|bank details)\b"
    r"|\b(?:cards?|contactless|cheque ?book|bank details)\b[^.!?]{0,20}"
    r"\b(?:was|were|has been|have been|got|been|then|being|is) (?:then |already |later |all )?"
    r"(?:used|spent|maxed)\b"
    r"|\bcards?\b[^!?]{0,40}\b(?:someone|somebody|they|he|she) (?:has |have |then )?"
    r"(?:use|used|using|spend|spent) it\b"
)
_WHOSE = "business_crime"  # says against whom it is: what is named beside it is that same crime
_TAKEN = frozenset({"burglary", "robbery", "theft", "vehicle_crime"})


def read(plain: Plain, first: Fact | None, question: str | None) -> Fact | None:
    """The crimes named beside the ``first``, as a list; None where there is none."""
    if (
        first is None
        or first.value == _WHOSE
        or question in crime.OTHER_QUESTIONS - crime.STORY_FIRST
    ):
        return None
    told = list(dict.fromkeys(_named(plain, first)))
    return Fact(NAME, told, first.as_said) if told else None


def _named(plain: Plain, first: Fact) -> list[str]:
    ruled_out = crime.ruled_out(plain)
    hits = (hit.group for hit in rulebook(crime.NAME).hits(plain))
    named = [group.value for group in hits if group.name not in ruled_out]
    if first.value in _TAKEN and _USED.search(plain.text):
        named.append("fraud_cyber")
    return [one for one in named if one in OF_THEIR_OWN and one != first.value]

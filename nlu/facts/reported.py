"""Whether the police know."""

from __future__ import annotations

import re

from nlu.facts.answers import yes_or_no
from nlu.facts.model import Fact

# The first that fits wins: not wanting to is also a way of not having done it.
RULES = (
    ("does_not_want", r"\b(?:don'?t|do not|didn'?t|did not|dont|rather not|won'?t|wont|never) (?:\w+ ){0,3}(?:want|going|gonna|tell|involve|like) (?:\w+ ){0,4}(?:police|report\w*|cops|them involved)\b|\bno police\b|\bnot (?:going to|gonna) report\b|\bdon'?t want to report\b|\bdont want (?:the )?police\b"),
    ("no", r"\b(?:haven'?t|have not|havent|not|didn'?t|didnt|never|hasn'?t|nobody has) (?:\w+ ){0,3}(?:report\w*|(?:told|call\w*|phon\w*|rung|rang|contact\w*|been to|tell) (?:the )?police)\b|\bunreported\b|\bpolice (?:don'?t|dont|do not) know\b"),
    ("yes", r"\breported (?:it|this|to|online|him|her|them)\b|\b(?:told|called|phoned|rang|rung|contacted|spoke to|informed) (?:the )?(?:police|101|999)\b|\bpolice (?:came|were here|have been|know|are aware|took|attended|said|gave)\b|\bcrime (?:ref\w*|number)\b|\bwent to the (?:police|station)\b"),
)
_RULES = tuple((value, re.compile(pattern, re.IGNORECASE)) for value, pattern in RULES)


def read(text: str, question: str | None) -> Fact | None:
    """Whether it was reported: yes, no, or does_not_want."""
    for value, rule in _RULES:
        if found := rule.search(text):
            return Fact("reported", value, found.group())
    if question != "reported":
        return None
    if re.search(r"\b(?:don'?t|dont|do not|didn'?t|rather not|won'?t) (?:want|wish|intend)?\b", text, re.IGNORECASE):
        return Fact("reported", "does_not_want", text)
    answer = yes_or_no(text)
    return None if answer is None else Fact("reported", "yes" if answer else "no", text)

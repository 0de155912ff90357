"""Who is writing: the victim, a parent, somebody bereaved, a business, a witness."""

from __future__ import annotations

import re

from nlu.facts.model import Fact

_CHILD = r"(?:son|daughter|child|kid|boy|girl|lad|little one|\d{1,2} year old)"
RULES = (
    ("bereaved_relative", r"\b(?:my|our) (?:\w+ ){0,2}(?:was|were|got|been) (?:killed|murdered|stabbed to death)\b|\b(?:lost|losing) (?:my|our) (?:\w+ )?(?:son|daughter|husband|wife|mum|dad|brother|sister|mother|father|partner)\b|\bdeath of my\b"),
    ("business_contact", r"\b(?:my|our) (?:shop|store|business|company|restaurant|pub|cafe|salon|warehouse|office|factory|takeaway)\b"),
    ("parent_guardian", rf"\b(?:my|our) (?:\w+ ){{0,2}}{_CHILD}(?:'?s)?\b"),
    ("witness", r"\bi (?:saw|witnessed|seen)\b"),
    ("victim", r"\b(?:i was|i got|i(?:'ve| have) been|my (?:house|home|flat|car|van|bike|phone|bag|purse|wallet|garage|shed|bank|account|ex|husband|wife|boyfriend|girlfriend|neighbours?)|happened to me|attacked me|hit me|robbed me|scammed me|our (?:house|home|flat))\b"),
)
_RULES = tuple((value, re.compile(pattern, re.IGNORECASE)) for value, pattern in RULES)


def read(text: str, question: str | None) -> Fact | None:
    """The role of the person who writes."""
    for value, rule in _RULES:
        if found := rule.search(text):
            return Fact("role", value, found.group())
    return None

"""Warnings told in a story, where nobody asked how to get in touch: `he opens my post`."""

from __future__ import annotations

import re

from nlu.facts import contact_seen
from nlu.facts.contact_seen import WAY, Warned

# What somebody does again and again; what they did once, or took, says nothing of now.
_HABIT = re.compile(
    r"\b(?:opens?|opening|reads?|reading|checks?|checking|(?:goes|going|looks?|looking|flicks|"
    r"scrolls) (?:through|at|on|in|into)|sees|monitors?|monitoring|tracks?|hears|listens|gets? to|"
    r"(?:has|have|is|got|knows?|changed) (?:\w+ ){0,4}(?:access|pass ?words?|log ?ins?|pin|"
    r"pass ?codes?)|always|keeps?|still|screens?|intercepts|hides|answers)\b"
)
# Of one's own: not `he checks her phone`, nor `he answers the phone`, which may be a trader's.
_OWN = re.compile(
    rf"\b(?:my|our) (?:(?:old|new|own|work|home|personal|private) )?{WAY}|"
    r"\bthe (?:post|mail|letters?|land ?line)\b"
)
_WONDERS = re.compile(r"\b(?:will|can|could|does|do|did|if|would|might|may|how|whether) $")


def read(text: str) -> Warned:
    """The ways that others surely get at, as plain words of a story tell."""
    return contact_seen.read(text, only=_goes_on)


def _goes_on(text: str, found: re.Match[str]) -> bool:
    before = text[: found.start()]
    own = _OWN.search(f"{before[-12:]}{found[0]}")
    return bool(own and _HABIT.search(found[0]) and not _WONDERS.search(before))

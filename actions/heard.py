"""What only the wording of a message shows, beside its facts and its meaning."""

from __future__ import annotations

import re

# Who has no crime number yet is not told that it may be written here.
NO_NUMBER = re.compile(
    r"\b(?:no|without(?: a| any)?|not|n'?t|never)\b[^.!?]{0,30}\b(?:number|reference|ref)\b"
    r"|\b(?:number|reference|ref)\b[^.!?]{0,20}\b(?:not|yet|later|n'?t)\b",
    re.IGNORECASE,
)
# Somebody's own anger, not that of whoever hurt them.
ANGRY = re.compile(
    r"\b(?:i'?m|i am|im|i feel|feel|feeling|makes? me|made me|makes us|i was|i get|i'?ve been)"
    r"(?: (?!not\b)\w+){0,3}? (?:angry|furious|fuming|livid|raging|seething)\b"
    r"|^\W*(?:(?:just|so|very|really|still|bloody|absolutely) )*"
    r"(?:angry|anger|furious|fuming|livid)\b",
    re.IGNORECASE,
)
# Digits of a telephone number, or an address for e-mail.
NUMBER = re.compile(r"(?:\d[ -]?){10,}|\S+@\S+\.\w+")

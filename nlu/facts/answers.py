"""Short answers to the question that was asked."""

from __future__ import annotations

import re

from nlu.facts.model import Fact

YES = re.compile(
    r"^\W*(?:y|yes|yeah|yea|yep|yup|ye|yh|aye|i am|i do|it is|of course|sure|ok(?:ay)?|"
    r"i think so|they (?:do|did|know)|i did|please)\b",
    re.IGNORECASE,
)
NO = re.compile(
    r"^\W*(?:n|no|nope|nah|na|not (?:really|yet|at all)|i(?:'?m| am) not|never|i haven'?t|havent|"
    r"i didn'?t|didnt|none|nobody)\b",
    re.IGNORECASE,
)
_SAFE = re.compile(
    r"\b(?:i(?:'?m| am)|we(?:'?re| are)) (?:\w+ ){0,2}(?:safe|ok(?:ay)?|fine|alright|all right)\b"
    r"|\bsafe (?:now|here|at)\b",
    re.IGNORECASE,
)
_NOT_SAFE = re.compile(r"\b(?:not|n'?t|isn'?t|dont feel|don'?t feel) (?:\w+ )?safe\b|\bunsafe\b", re.IGNORECASE)


def yes_or_no(text: str) -> bool | None:
    """True for a yes, False for a no, None for anything else."""
    if NO.search(text):
        return False
    return True if YES.search(text) else None


def safe_now(text: str, question: str | None) -> Fact | None:
    """Whether the person says that they are safe now."""
    if _NOT_SAFE.search(text):
        return Fact("safe_now", False, text)
    if _SAFE.search(text):
        return Fact("safe_now", True, text)
    answer = yes_or_no(text) if question == "safe_now" else None
    return None if answer is None else Fact("safe_now", answer, text)

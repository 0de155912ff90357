"""The languages that somebody asks for, in English or in the little English they have."""

from __future__ import annotations

import re
from functools import cache

from .wording import words

ANY_OTHER = "another language"
_LITTLE_ENGLISH = re.compile(
    r"\b(?:my )?english (?:is |very )*(?:not|no|small|bad|little|poor)\b|\bno speak english\b"
    r"|\b(?:not|don'?t|doesn'?t|can'?t) (?:really )?speak (?:much |any |good )?english\b"
    r"|\b(?:my|her|his|their) own language\b|\b(?:an )?interpreter\b",
    re.IGNORECASE,
)


def languages_said(text: str) -> tuple[str, ...]:
    """Languages in which help is asked for; ``another language`` where none is named."""
    named = tuple(dict.fromkeys(found.title() for pair in _asked().findall(text) for found in pair))
    if found := tuple(filter(None, named)):
        return found
    return (ANY_OTHER,) if _LITTLE_ENGLISH.search(text) else ()


@cache
def _asked() -> re.Pattern[str]:
    names = "|".join(name for name in words("languages").values() if " " not in name)
    return re.compile(
        r"\b(?:speak\w*|spoke|in|only(?: has| knows)?|talk\w*|knows)(?: \w+){0,2}? "
        rf"({names})\b(?! (?:restaurant|shop|street|road))"
        rf"|\b({names})[- ](?:speak\w*|interpreter|translator|service|helpline)\b",
        re.IGNORECASE,
    )

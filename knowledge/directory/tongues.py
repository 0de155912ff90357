"""The languages that somebody asks for, and who can be helped in them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .model import Service
from .wording import has, word, words

ANY_OTHER = "another language"
_MANY = ("interpreter", "many", "language line", "145+ languages", "200+ languages")
_LITTLE_ENGLISH = re.compile(
    r"\b(?:my )?english (?:is |very )*(?:not|no|small|bad|little|poor)\b|\bno speak english\b"
    r"|\b(?:not|don'?t|doesn'?t|can'?t) (?:really )?speak (?:much |any |good )?english\b"
    r"|\b(?:my|her|his|their) own language\b|\b(?:an )?interpreter\b",
    re.IGNORECASE,
)


def languages_said(text: str) -> tuple[str, ...]:
    """Languages in which help is asked for; ``another language`` where none is named."""
    named = tuple(
        dict.fromkeys(found.title() for pair in _asked().findall(text) for found in pair)
    )
    if found := tuple(filter(None, named)):
        return found
    return (ANY_OTHER,) if _LITTLE_ENGLISH.search(text) else ()


def speaks(service: Service, wanted: tuple[str, ...]) -> bool:
    """Whether somebody can be helped in one of the languages asked for (English by default)."""
    return not wanted or _is_spoken(service.languages, wanted)


def speaks_theirs(service: Service, wanted: tuple[str, ...]) -> bool:
    """Whether a language asked for, other than English, is named among those of the service."""
    offered = {language.lower() for language in service.languages}
    return bool(wanted) and bool(
        offered & {language_name(one).lower() for one in wanted} - {"english"}
    )


@lru_cache(maxsize=10_000)
def _is_spoken(languages: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    if {"en", "english"} & {language.lower() for language in wanted}:
        return True
    offered = " ".join(languages).lower()
    names = [language_name(language).lower() for language in wanted]
    return any(name in offered for name in names) or any(sign in offered for sign in _MANY)


def language_name(said: str) -> str:
    """The name of a language from its code ("pl") or name."""
    known = has("languages", said.lower())
    return word("languages", said.lower()) if known else said


@cache
def _asked() -> re.Pattern[str]:
    names = "|".join(name for name in words("languages").values() if " " not in name)
    return re.compile(
        r"\b(?:speak\w*|spoke|in|only(?: has| knows)?|talk\w*|knows)(?: \w+){0,2}? "
        rf"({names})\b(?! (?:restaurant|shop|street|road))"
        rf"|\b({names})[- ](?:speak\w*|interpreter|translator|service|helpline)\b",
        re.IGNORECASE,
    )

"""Tells other languages from English and finds their words of danger (`languages.yml`).

Cheap and cautious: by script, by everyday words, by danger words. It does not translate; a
person who writes in another language is offered a human by whoever asks `language`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nlu.risk.answer import EMERGENCY, URGENT, Answer, Evidence
from nlu.risk.rulebook import read_yaml

LANGUAGES = Path(__file__).with_name("languages.yml")
WORD = re.compile(r"\w+")
# everyday English; a message with enough of it is English with a foreign name in it
ENGLISH = frozenset(
    [
        "the",
        "a",
        "is",
        "are",
        "was",
        "and",
        "to",
        "of",
        "in",
        "my",
        "i",
        "he",
        "she",
        "it",
        "you",
        "we",
        "they",
        "for",
        "on",
        "with",
        "have",
        "has",
        "had",
        "not",
        "that",
        "this",
        "but",
        "what",
        "do",
        "does",
        "did",
        "be",
        "been",
        "at",
        "me",
        "him",
        "her",
        "so",
        "no",
        "yes",
        "from",
        "at",
        "just",
        "can",
        "will",
    ]
)
UNDETERMINED = "und"  # ISO 639-2: some language, not known which
SHARED = frozenset(
    ["a", "me", "no", "he", "so", "on", "do", "in", "i"]
)  # English words that are also others'
LONGEST_CRY = 16  # words
CRIES = frozenset(
    [
        "socorro",
        "ratunku",
        "imdat",
        "pomocy",
        "pomoc",
        "ajutor",
        "aiuto",
        "ayuda",
        "gelbekit",
        "yardim",
    ]
)
STRIPPED = {"\u0142": "l", "\u0131": "i", "\u00f8": "o"}  # letters that do not decompose


@dataclass(frozen=True)
class Tongue:
    """One language: how it is told, and its words of danger."""

    code: str
    script: re.Pattern[str] | None
    letters: frozenset[str]
    common: frozenset[str]
    danger: tuple[tuple[str, re.Pattern[str]], ...]


def language(text: str) -> str | None:
    """The ISO code of a message in another language (`und`: some other); None for English."""
    plain = bare(text)
    words = WORD.findall(plain)
    by_script = [tongue for tongue in tongues() if _in_script(tongue, plain)]
    if by_script:
        return max(by_script, key=lambda tongue: _fit(tongue, words, plain)).code
    if _foreign_letters(plain):
        return UNDETERMINED
    english = sum(word in ENGLISH - SHARED for word in words)
    latin = [tongue for tongue in tongues() if tongue.script is None]
    best = max(latin, key=lambda tongue: _fit(tongue, words, plain))
    fit = _fit(best, words, plain)
    enough = fit >= 2 and fit > 2 * english and fit * 5 >= len(words)
    return best.code if enough else None


def danger_in_other_language(text: str) -> list[Answer]:
    """What danger words of another language in a message mean; empty for English messages."""
    if not (code := language(text) or _only_danger(text)):
        return []
    plain = bare(text)
    family = [tongue for tongue in tongues() if tongue.code == code or _in_script(tongue, plain)]
    return [
        Answer(
            disposition, ("immediate_danger",), (Evidence(found.group(), f"rule:{code}_words"),)
        )
        for tongue in family
        for disposition, pattern in tongue.danger
        if (found := pattern.search(plain))
    ][:2]


@lru_cache(maxsize=1)
def tongues() -> tuple[Tongue, ...]:
    """The languages of `languages.yml`."""
    return tuple(_tongue(code, entry) for code, entry in read_yaml(LANGUAGES).items())


def bare(text: str) -> str:
    """Lower case without accents on Latin letters; other scripts as they are."""
    out = []
    for char in unicodedata.normalize("NFC", text.lower()):
        if char < "\u0250":
            char = STRIPPED.get(char, unicodedata.normalize("NFD", char)[0])
        out.append(char)
    return "".join(out)


def _only_danger(text: str) -> str | None:
    """The language of whose danger phrases a message holds one, where nothing else tells it."""
    plain = bare(text)
    words = WORD.findall(plain)
    english = sum(word in ENGLISH - SHARED for word in words)
    if len(words) > LONGEST_CRY or english * 5 > len(words):
        return None
    for tongue in tongues():
        for _, pattern in tongue.danger:
            found = pattern.search(plain)
            if (found and " " in found.group()) or plain.strip(" .!?") in CRIES:
                return tongue.code
    return None


def _in_script(tongue: Tongue, plain: str) -> bool:
    if tongue.script is None:
        return False
    letters = [char for char in plain if char.isalpha()]
    return bool(letters) and len(tongue.script.findall(plain)) * 3 > len(letters)


def _foreign_letters(plain: str) -> bool:
    letters = [char for char in plain if char.isalpha()]
    return len(letters) > 1 and sum(char > "\u024f" for char in letters) * 2 > len(letters)


def _fit(tongue: Tongue, words: list[str], plain: str) -> int:
    common = sum(word in tongue.common for word in words)
    letters = sum(char in tongue.letters for char in plain)
    danger = sum(bool(pattern.search(plain)) for _, pattern in tongue.danger)
    return common + letters + danger


def _tongue(code: str, entry: dict[str, object]) -> Tongue:
    script = entry.get("script")
    return Tongue(
        code,
        re.compile(f"[{script}]") if script else None,
        frozenset(str(entry.get("letters", ""))),
        frozenset(_listed(entry, "common")),
        tuple(
            (disposition, _pattern(_listed(entry, disposition), bool(script)))
            for disposition in (EMERGENCY, URGENT)
        ),
    )


def _listed(entry: dict[str, object], key: str) -> list[str]:
    value = entry.get(key, [])
    return [bare(str(item)) for item in value] if isinstance(value, list) else []


def _pattern(phrases: list[str], other_script: bool) -> re.Pattern[str]:
    """Phrases at the start of a word; anywhere where a script does not part its words."""
    longest = sorted(phrases, key=len, reverse=True)
    start = "" if other_script else r"\b"
    return re.compile(start + "(?:" + "|".join(re.escape(item) for item in longest) + ")")

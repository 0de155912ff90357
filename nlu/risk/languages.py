"""Tells other languages from English and finds their words of danger (`languages.yml`).

Cheap and cautious: by script, by everyday words, by danger words. It does not translate, so what
is not plainly ordinary (a greeting, thanks, a theft) counts as urgent: nobody here could read it.
A person who writes in another language is offered a human by whoever asks `language`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from nlu.risk.answer import EMERGENCY, URGENT, Answer, Evidence
from nlu.risk.rulebook import read_yaml

LANGUAGES = Path(__file__).with_name("languages.yml")
WORD = re.compile(r"\w+")
# everyday English; a message with enough of it is English with a foreign name in it
ENGLISH = frozenset([
    "the", "a", "is", "are", "was", "and", "to", "of", "in", "my", "i", "he", "she", "it",
    "you", "we", "they", "for", "on", "with", "have", "has", "had", "not", "that", "this",
    "but", "what", "do", "does", "did", "be", "been", "at", "me", "him", "her", "so", "no",
    "yes", "from", "just", "can", "will", "please", "im", "ive", "there", "when", "if", "who",
    "out", "any", "how", "about", "them", "said", "told", "yeah", "didnt", "never", "know",
])  # fmt: skip
UNDETERMINED = "und"  # ISO 639-2: some language, not known which
# English words that are also others'
SHARED = frozenset(["a", "me", "no", "he", "so", "on", "do", "in", "i"])
LONGEST_CRY = 16  # words
CRIES = frozenset([
    "socorro", "ratunku", "imdat", "pomocy", "pomoc", "ajutor", "aiuto", "ayuda", "gelbekit",
    "yardim",
])  # fmt: skip
UNREAD = "unread_language"
CLAUSE_ENDS = re.compile(
    r"[.!?\n\u0964\u06d4\u061f\u3002\uff01\uff1f,;:\u060c\u061b\u3001\uff0c\uff1b]+"
)
SAYS_SOMETHING = (
    4  # words, or signs where words are not parted, from which a clause says something
)
LATIN = re.compile(r"[a-z]{3,}")
TELLING = 4  # words from which accents alone tell another language
# Scripts part words by spaces, but for Chinese; Arabic puts its small words in front of others.
# A mark on a letter is no letter to Python, so a word starts where neither stands before it.
WORD_START = r"(?<![\w\u0300-\u036f\u064b-\u0652\u0900-\u0dff])"
WORD_END = r"(?![\w\u0900-\u0dff])"
WHOLE, SHORT = 99, 3  # letters up to which a phrase is a whole word: "pod" is not "pode"
UNPARTED = "zh"
BETWEEN = re.compile(r"[\s'\u2019\"()/&-]+")
ANYWHERE = frozenset([UNPARTED, "ar"])
STRIPPED = {
    "\u0142": "l",
    "\u0131": "i",
    "\u00f8": "o",
    "\u0451": "\u0435",
}  # do not decompose here
# "m'a" is two words; \u0431'\u0454 is one, and so is a word with the small signs of Arabic vowels
PARTING = re.compile(r"(?<=[a-z])['\u2019\u02bc-](?=[a-z])")
INSIDE = re.compile(
    r"(?<=[\u0400-\u04ff])['\u2019\u02bc](?=[\u0400-\u04ff])|[\u064b-\u0652\u0640]"
)


@dataclass(frozen=True)
class Tongue:
    """One language: how it is told, and its words of danger."""

    code: str
    script: re.Pattern[str] | None
    letters: frozenset[str]
    common: frozenset[str]
    danger: tuple[tuple[str, re.Pattern[str]], ...]
    now: re.Pattern[str]  # with a word of danger in one clause: it is happening
    near: re.Pattern[str]  # doors, weapons, hiding: grave in what nobody can read
    someone: re.Pattern[str]  # by whose name no ordinary word makes a clause ordinary
    ordinary: re.Pattern[str] | None
    plain: frozenset[str]


@dataclass(frozen=True)
class Foreign:
    """What a message in another language shows to one who does not speak it."""

    answers: list[Answer]
    ordinary: bool  # every clause is, and nothing in it may be English


@lru_cache(maxsize=4)  # several readers ask about the same message
def language(text: str) -> str | None:
    """The ISO code of a message in another language (`und`: some other); None for English."""
    plain = bare(text)
    words = WORD.findall(plain)
    by_script = [tongue for tongue in tongues() if _in_script(tongue, plain)]
    if by_script:
        return max(by_script, key=lambda tongue: _fit(tongue, words, plain, text)).code
    if _foreign_letters(plain):
        return UNDETERMINED
    english = _english(words)
    latin = [tongue for tongue in tongues() if tongue.script is None]
    fits = [_fit(tongue, words, plain, text) for tongue in latin]
    fit = max(fits)
    best = latin[fits.index(fit)]
    if fit >= 2 and fit > 2 * english and fit * 5 >= len(words):
        return best.code
    return UNDETERMINED if not english and _accented(text) else None


def in_other_language(text: str) -> Foreign | None:
    """What a message in another language shows; None for an English one."""
    if not (code := language(text) or _only_danger(text)):
        return None
    plain = bare(text)
    family = [tongue for tongue in tongues() if _may_be(tongue, code, plain)]
    clauses = [part.strip() for part in CLAUSE_ENDS.split(plain) if part.strip()]
    answers = [
        Answer(
            _now(tongue, disposition, pattern, clauses),
            ("immediate_danger",),
            (Evidence(found.group(), f"rule:{code}_words"),),
        )
        for tongue in family
        for disposition, pattern in tongue.danger
        if (found := pattern.search(plain))
    ][:2]
    known = [_is_ordinary(clause, family) for clause in clauses]
    says_more = any(
        says and not fits
        for says, fits in zip(map(_says_something, clauses), known)  # noqa: B905
    )
    if not answers and (says_more or not any(known)):
        unread = [clause for clause, fits in zip(clauses, known) if not fits]  # noqa: B905
        said = (Evidence(text, f"rule:{UNREAD}"),)
        answers = [Answer(_unread(family, unread), ("immediate_danger",), said)]
    return Foreign(answers, not answers and all(known) and not _has_english(plain, family))


def _now(tongue: Tongue, disposition: str, danger: re.Pattern[str], clauses: list[str]) -> str:
    """How grave words of danger are: those that are said to happen right now, an emergency."""
    happening = any(danger.search(clause) and tongue.now.search(clause) for clause in clauses)
    return EMERGENCY if happening else disposition


def _unread(family: list[Tongue], clauses: list[str]) -> str:
    """How grave clauses are that nobody here can read."""
    grave = any(
        t.now.search(clause) or t.near.search(clause) for t in family for clause in clauses
    )
    return EMERGENCY if grave else URGENT


def _may_be(tongue: Tongue, code: str, plain: str) -> bool:
    """Whether a message may be in a language: of its code, its script, or the code not known."""
    if code == UNDETERMINED and not _foreign_letters(plain):
        return tongue.script is None
    return tongue.code == code or _in_script(tongue, plain)


def _is_ordinary(clause: str, family: list[Tongue]) -> bool:
    """Whether a clause has an ordinary word, or is of plain words alone.

    Each clause by itself: a theft told before "my husband burns me" makes that no more ordinary.
    """
    named = any(tongue.someone.search(clause) for tongue in family)
    return any(
        bool(not named and t.ordinary and t.ordinary.search(clause)) or _is_plain(clause, t)
        for t in family
    )


def _is_plain(clause: str, tongue: Tongue) -> bool:
    """Whether a clause is of plain words and numbers alone."""
    if tongue.code == UNPARTED:
        words = "|".join(map(re.escape, sorted(tongue.plain, key=len, reverse=True)))
        return not WORD.search(re.sub(rf"{words}|\d", "", clause))
    parts = [part for part in BETWEEN.split(clause) if part]
    return all(part in tongue.plain or part[0].isdigit() for part in parts)


def _says_something(clause: str) -> bool:
    """Whether a clause is long enough to tell of harm in words that are not listed."""
    unparted = " " not in clause and _foreign_letters(clause)
    return len(WORD.findall(clause)) >= SAYS_SOMETHING or (
        unparted and len(clause) >= SAYS_SOMETHING
    )


def _has_english(plain: str, family: list[Tongue]) -> bool:
    """Whether part of a message in another language may be English; a word of both is not."""
    words = [w for w in WORD.findall(plain) if not any(w in t.common | t.plain for t in family)]
    return bool(_english(words) or (_foreign_letters(plain) and LATIN.search(plain)))


@lru_cache(maxsize=1)
def tongues() -> tuple[Tongue, ...]:
    """The languages of `languages.yml`."""
    return tuple(_tongue(code, entry) for code, entry in read_yaml(LANGUAGES).items())


def bare(text: str) -> str:
    """Lower case without accents on Latin letters and vowel signs on Arabic ones."""
    low = text.lower()
    if low.isascii():  # most messages: nothing to take off
        return PARTING.sub(" ", low)
    out = []
    for char in unicodedata.normalize("NFC", low):
        if char < "\u0250":
            char = STRIPPED.get(char) or unicodedata.normalize("NFD", char)[0]
        out.append(STRIPPED.get(char, char))
    return INSIDE.sub("", PARTING.sub(" ", "".join(out)))


def _only_danger(text: str) -> str | None:
    """The language of whose danger phrases a message holds one, where nothing else tells it."""
    plain = bare(text)
    words = WORD.findall(plain)
    if len(words) > LONGEST_CRY or _english(words) * 5 > len(words):
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
    found = len(tongue.script.findall(plain))
    letters = sum(char.isalpha() for char in plain) if found else 0
    return bool(letters) and found * 3 > letters


def _foreign_letters(plain: str) -> bool:
    if plain.isascii():
        return False
    letters = [char for char in plain if char.isalpha()]
    return len(letters) > 1 and sum(char > "\u024f" for char in letters) * 2 > len(letters)


def _english(words: list[str]) -> int:
    # "fit as a flea": both are Portuguese words too, which never follow each other
    idioms = sum(pair == ("as", "a") for pair in pairwise(words))
    return sum(word in ENGLISH - SHARED for word in words) + 2 * idioms


def _accented(text: str) -> bool:
    """Whether a message of several words, not all of them names, has accents of several kinds."""
    words = WORD.findall(text)
    accents = {char for char in text.lower() if char.isalpha() and char > "\u007f"}
    return len(words) >= TELLING and len(accents) >= 2 and not text.istitle()


def _fit(tongue: Tongue, words: list[str], plain: str, text: str) -> int:
    common = len(tongue.common.intersection(words))
    found = sum(map(text.lower().count, tongue.letters))
    danger = sum(bool(pattern.search(plain)) for _, pattern in tongue.danger)
    return common + (found if tongue.script else min(found, 1)) + danger


def _tongue(name: str, entry: dict[str, object]) -> Tongue:
    script = entry.get("script")
    ordinary, plain = _listed(entry, "ordinary"), _listed(entry, "plain")
    return Tongue(
        str(entry.get("code", name)),
        re.compile(f"[{script}]") if script else None,
        frozenset(str(entry.get("letters", ""))),
        frozenset(_listed(entry, "common")),
        tuple(
            (disposition, _pattern(_listed(entry, disposition), name))
            for disposition in (EMERGENCY, URGENT)
        ),
        _pattern(_listed(entry, "now"), name, WHOLE),
        _pattern(_listed(entry, "near"), name, 0 if script else SHORT),
        _pattern(_listed(entry, "someone"), name, WHOLE),
        _pattern(ordinary, name) if ordinary else None,
        frozenset(plain),
    )


def _listed(entry: dict[str, object], key: str) -> list[str]:
    value = entry.get(key, [])
    return [bare(str(item)) for item in value] if isinstance(value, list) else []


def _pattern(phrases: list[str], name: str, whole: int = 0) -> re.Pattern[str]:
    """Phrases at the start of a word; those of up to so many letters as whole words.

    Anywhere where a language does not part its words.
    """
    start = "" if name in ANYWHERE else WORD_START
    items = [
        re.escape(item) + (WORD_END if len(item) <= whole and name != UNPARTED else "")
        for item in sorted(phrases, key=len, reverse=True)
    ]
    return re.compile(start + "(?:" + "|".join(items) + ")")

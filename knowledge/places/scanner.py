"""Finds names of places in a sentence: the longest exact one first, then near ones."""

from __future__ import annotations

import re
from collections.abc import Iterable

from . import cues, reading
from .model import Mention, Place, Resolution
from .names import WORD, NameBook, key_of

LONGEST_NAME = 4
SHORTEST_UNCUED = 7
LONG_ENOUGH = 10
Span = tuple[int, int]
Hit = tuple[int, Span, tuple[Place, ...]]
_GENITIVE = re.compile(r"['’]s$", re.IGNORECASE)
_HAPPENED = re.compile(r"\b(was|happened|since|last|this|on)\b", re.IGNORECASE)


class Scanner:
    """Reads a sentence word by word and files every place it names."""

    def __init__(self, book: NameBook) -> None:
        self._book = book
        self._elsewhere = {key_of(name) for name, _ in reading.outside("county")} | {"london"}
        self._kinds = {key_of(row["word"]): row["kind"] for row in reading.rows("ordinary.csv")}
        self._lookalikes = {row["word"] for row in reading.rows("lookalikes.csv")}
        self._everyday = self._lookalikes | cues.EDGES

    def may_be_a_slip(self, words: str) -> bool:
        """Whether these words may be a misspelt name, and not a street or a word like "aswell"."""
        last = words.lower().split()[-1:]
        key = key_of(words)
        ordinary = key in self._lookalikes or key in self._kinds or self._are_ordinary(words)
        return bool(last) and not ordinary and last[0] not in cues.STREET

    def _are_ordinary(self, words: str) -> bool:
        """ "The town centre", "in the small hours": words of every day, one by one."""
        return self._everyday.issuperset(words.lower().split())

    def is_date(self, answer: str, said: str) -> bool:
        """ "It was in March" says when, even where a place was asked for."""
        return self._kinds.get(key_of(answer)) == "month" and bool(_HAPPENED.search(said))

    def scan(self, text: str, *, answering: bool = False, guessing: bool = False) -> list[Mention]:
        """Places named in the text.

        ``answering`` when it answers "where?"; ``guessing`` when nothing else in the answer made
        sense, so that a slip needs no cue around it.
        """
        words = [match.span() for match in WORD.finditer(text)]
        found: list[Mention] = []
        at = 0
        while at < len(words):
            window = _unbroken(text, words[at : at + LONGEST_NAME])
            mention, used = self._at(text, window, answering, guessing)
            if mention:
                found.append(mention)
            at += used
        return found

    def _at(
        self, text: str, words: list[Span], answering: bool, guessing: bool
    ) -> tuple[Mention | None, int]:
        sizes = range(len(words), 0, -1)
        spans = [(size, _trim(text, words[0][0], words[size - 1][1])) for size in sizes]
        exact = _first((size, s, self._exact(text, s, answering)) for size, s in spans)
        if exact and not all(place.outside for place in exact[2]):
            return self._mention(text, exact[1], exact[2]), exact[0]
        longer = [(size, s) for size, s in spans if not exact or size > exact[0]]
        guessed = _first((size, s, self._guess(text, s, guessing)) for size, s in longer)
        best = guessed or exact  # "london colny" is London Colney, not London
        return (self._mention(text, best[1], best[2]), best[0]) if best else (None, 1)

    def _exact(self, text: str, span: Span, answering: bool) -> tuple[Place, ...]:
        said = text[slice(*span)]
        if " " in said and said.split()[0].lower() in cues.EDGES - {"how", "the"}:
            return ()  # "and over", which is not Andover
        places = self._book.exact(said) or self._book.exact(_bare(said))
        if not places:
            return ()
        kind = self._kinds.get(key_of(said)) or self._kinds.get(key_of(_bare(said)), "")
        around = cues.Around.of(text, *span)
        return places if cues.is_place(kind, around, answering=answering) else ()

    def _guess(self, text: str, span: Span, guessing: bool) -> tuple[Place, ...]:
        said = text[slice(*span)]
        if not self._could_be_a_slip(said):
            return ()
        around = cues.Around.of(text, *span)
        if around.is_street or not (guessing or around.placed or _stands_alone(said)):
            return ()
        generous = guessing or (around.placed and len(said) >= LONG_ENOUGH)
        places = self._book.nearly(said, trusted=generous)
        inner = set(said.lower().split()[1:-1]) & cues.EDGES  # "A&E at Watford", not a name
        named = all(inner <= set(place.name.lower().split()) for place in places)
        return places if named and len({place.district for place in places}) == 1 else ()

    def _could_be_a_slip(self, said: str) -> bool:
        key, parts = key_of(_bare(said)), said.lower().split()
        if key in self._lookalikes or key in self._kinds or key.isdigit():
            return False
        if parts[0] in cues.EDGES or parts[-1] in cues.EDGES | cues.STREET:
            return False
        return not self._are_ordinary(said)

    def _mention(self, text: str, span: Span, places: tuple[Place, ...]) -> Mention:
        said = text[slice(*span)]
        return Mention(*span, said, self._qualified(text[span[1] :], settle(said, places)))

    def _qualified(self, after: str, meaning: Resolution) -> Resolution:
        """ "St Ives, Cornwall" is not the St Ives of Huntingdonshire."""
        following = re.match(r"[\s,(]*(?:in\s+)?([A-Za-z]+)", after)
        if following and meaning.place and key_of(following[1]) in self._elsewhere:
            return Resolution(meaning.as_said, outside=True)
        return meaning


def settle(said: str, places: tuple[Place, ...]) -> Resolution:
    """The places of one name as a resolution: one place, outside, or candidates."""
    if len(places) != 1:
        return Resolution(said, candidates=tuple(place.said(said) for place in places))
    if places[0].outside:
        return Resolution(said, outside=True)
    return Resolution(said, place=places[0].said(said))


def _first(attempts: Iterable[Hit]) -> Hit | None:
    """The first attempt that found a place."""
    return next((hit for hit in attempts if hit[2]), None)


def _bare(said: str) -> str:
    return _GENITIVE.sub("", said)


def _unbroken(text: str, words: list[Span]) -> list[Span]:
    """The words up to the first comma or other mark: a name has only spaces inside."""
    for at in range(1, len(words)):
        if text[words[at - 1][1] : words[at][0]].strip():
            return words[:at]
    return words


def _trim(text: str, start: int, end: int) -> Span:
    return start, start + len(text[start:end].rstrip("."))


def _stands_alone(said: str) -> bool:
    """Without a cue only a long single word is believed, or one written like a name."""
    if " " in said:
        return said.istitle() and len(key_of(said)) > SHORTEST_UNCUED
    return len(key_of(said)) >= SHORTEST_UNCUED

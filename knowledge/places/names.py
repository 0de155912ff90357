"""Names of places in a form that forgives: case, apostrophes, spaces, "saint", misspelling."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .model import Place

WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*[.]?")
_SAINT = re.compile(r"^(saint|st\.?)(?=[\s-]|$)")
_NO_LETTER = re.compile(r"[^a-z0-9]")
SHORTEST_GUESSED = 5


def key_of(words: str) -> str:
    """The letters that count: "St. Neot's" and "saint neots" give the same key."""
    low = words.lower().replace("’", "'").strip()
    return _NO_LETTER.sub("", _SAINT.sub("st", low))


def edits_allowed(length: int, *, trusted: bool) -> int:
    """How many slips of the finger a name of this length may carry and still be believed."""
    if length < SHORTEST_GUESSED:
        return 0
    if length <= 6:
        return 1
    if length <= 8:
        return 2 if trusted else 1
    return 3 if trusted or length > 12 else 2


class NameBook:
    """Places by name; looks names up exactly or, for longer ones, nearly."""

    def __init__(self, named: Iterable[tuple[str, Place]]) -> None:
        self._by_key: dict[str, list[Place]] = defaultdict(list)
        for name, place in named:
            self._file(name, place)
        self._guessable = [key for key in self._by_key if len(key) >= SHORTEST_GUESSED]

    def _file(self, name: str, place: Place) -> None:
        shelf = self._by_key[key_of(name)]
        if not any(_same(place, other) for other in shelf):
            shelf.append(place)

    def exact(self, words: str) -> tuple[Place, ...]:
        """Places of exactly this name, ours before those outside."""
        found = self._by_key.get(key_of(words), [])
        ours = tuple(place for place in found if not place.outside)
        return ours or tuple(found)

    def nearly(self, words: str, *, trusted: bool) -> tuple[Place, ...]:
        """Places whose name is a slip or two away; several when they are equally near."""
        key = key_of(words)
        allowed = edits_allowed(len(key), trusted=trusted)
        if not allowed:
            return ()
        hits = process.extract(
            key, self._guessable, scorer=OSA.distance, score_cutoff=allowed, limit=8
        )
        likely = [(name, slips) for name, slips, _ in hits if _plausible(key, name, int(slips))]
        best = min((slips for _, slips in likely), default=None)
        closest = [name for name, slips in likely if slips == best]
        begun_alike = [name for name in closest if name[:3] == key[:3]]
        return self._nearest(begun_alike or closest)

    def _nearest(self, keys: list[str]) -> tuple[Place, ...]:
        places = [place for key in keys for place in self.exact(key)]
        unique: list[Place] = []
        for place in places:
            if not any(_same(place, other) for other in unique):
                unique.append(place)
        return tuple(unique)


def _same(one: Place, other: Place) -> bool:
    return (one.district, one.county, one.outside) == (other.district, other.county, other.outside)


def _plausible(said: str, name: str, slips: int) -> bool:
    """A short name keeps its first letter, and its length, through a slip."""
    if slips > edits_allowed(len(name), trusted=True):
        return False
    return len(name) >= 9 or said[0] == name[0] or said[:2] == name[1::-1]

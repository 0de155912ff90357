"""The finder of places: an answer to "where?", or places named in any sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from . import reading
from .model import Mention, Place, Resolution
from .names import NameBook
from .outcodes import Outcodes
from .scanner import Scanner, settle

_ASIDE = re.compile(
    r"^\W*(?:(?:i(?:['’]?m| am| live| was)?|we|it|its|it's|was|live|in|at|near|nr|from|around|"
    r"the|happened|just|outside|town|village|of|city|called)\s+)+",
    re.IGNORECASE,
)


class Gazetteer:
    """Resolves what people say about where they are; ``Gazetteer.load()`` reads the data once."""

    def __init__(
        self,
        named: Iterable[tuple[str, Place]],
        outcodes: Outcodes,
        towns: Sequence[tuple[str, Place]],
    ) -> None:
        self._book = NameBook(named)
        self._scanner = Scanner(self._book)
        self._outcodes = outcodes
        self._towns = towns

    @classmethod
    def load(cls) -> Gazetteer:
        """The gazetteer of both counties, with the well-known places around them."""
        facts = reading.rows("places.csv")
        districts = reading.districts(facts)
        towns = reading.towns(facts, districts)
        outcodes = Outcodes(reading.outcodes(facts), districts)
        return cls(_all_places(districts, [place for _, place in towns]), outcodes, towns)

    def towns(self, outcode: str) -> tuple[Place, ...]:
        """Towns and villages of an outward code, to offer when it must be asked which."""
        return tuple(place for code, place in self._towns if code == outcode.upper())

    def resolve(self, said: str) -> Resolution:
        """What an answer to "where?" means: one place, candidates, outside, or nothing known."""
        answer = _ASIDE.sub("", said).strip(" \t\n.,!?")
        whole = settle(answer, self._book.exact(answer))
        if whole.known and not self._scanner.is_date(answer, said):
            return whole
        if near := self._whole_name_misspelt(answer):
            return near
        mentions = self.mentions(said, answering=True)
        if any(mention.resolution.place or mention.resolution.candidates for mention in mentions):
            return _together([mention.resolution for mention in mentions])
        near = self._misspelt(answer, said)
        return near if near.known else _together([m.resolution for m in mentions])

    def _whole_name_misspelt(self, answer: str) -> Resolution | None:
        """ "souht oxhey" is South Oxhey, before it is Oxhey with a word in front."""
        if " " not in answer or any(letter.isdigit() for letter in answer):
            return None
        if not self._scanner.may_be_a_slip(answer):
            return None
        places = self._book.nearly(answer, trusted=False)
        return settle(answer, places) if len(places) == 1 and not places[0].outside else None

    def _misspelt(self, answer: str, said: str) -> Resolution:
        if not self._scanner.may_be_a_slip(answer):
            return Resolution(answer)
        near = settle(answer, self._book.nearly(answer, trusted=True))
        if near.known:
            return near
        guesses = self._scanner.scan(said, answering=True, guessing=True)
        return _together([mention.resolution for mention in guesses])

    def knows(self, name: str) -> bool:
        """Whether this is how a place is written, not a slip for it."""
        return bool(self._book.exact(name))

    def mentions(self, sentence: str, *, answering: bool = False) -> tuple[Mention, ...]:
        """Places named in running text, in order; a full postcode leaves its outward half.

        ``answering`` when the sentence answers "where?": a name that is also a person's counts.
        """
        codes = list(self._outcodes.mentions(sentence))
        names = [
            mention
            for mention in self._scanner.scan(sentence, answering=answering)
            if not any(_overlap(mention, code) for code in codes)
            and not _BORDER.match(sentence, mention.end)
        ]
        return tuple(sorted(codes + names, key=lambda mention: mention.start))


def _all_places(
    districts: Mapping[str, Place], towns: Sequence[Place]
) -> Iterator[tuple[str, Place]]:
    named = {place.name: place for place in towns}
    yield from named.items()
    yield from ((p.name, p) for p in districts.values() if p.name not in named)
    yield from reading.more_places(districts, named)
    for kind in ("town", "county"):
        for name, _ in reading.outside(kind):
            yield name, Place(name, "outside", outside=True)


# "near the Cambridgeshire border" is said of a place on the other side.
_BORDER = re.compile(r"\W{0,2}border", re.IGNORECASE)


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _together(meanings: Sequence[Resolution]) -> Resolution:
    """Several mentions in one answer: a town settles the code or county named beside it."""
    named = [meaning.place for meaning in meanings if meaning.place]
    towns = [place for place in named if place.district] or named
    districts = {(place.district, place.county) for place in towns}
    open_ones = [m for m in meanings if m.place is None and not _settled_by(m, towns)]
    if len(districts) == 1 and not open_ones:
        best = next((place for place in towns if place.kind == "place"), towns[0])
        return Resolution(best.as_said, place=best)
    if len(meanings) == 1:
        return meanings[0]
    candidates = (*towns, *(place for m in open_ones for place in m.candidates))
    all_outside = bool(meanings) and not towns and all(m.outside for m in meanings)
    words = " ".join(meaning.as_said for meaning in meanings)
    return Resolution(words, candidates=candidates, outside=all_outside)


def _settled_by(meaning: Resolution, towns: Sequence[Place]) -> bool:
    mine = {place.district for place in meaning.candidates}
    return bool(mine & {place.district for place in towns})

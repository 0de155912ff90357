"""A search as its address holds it, and what it asks the directory for. Nothing of it is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from channels.help import Help
from channels.web.help_words import hear
from knowledge.directory import Query
from knowledge.directory.person import read
from knowledge.places import Place, Resolution

FIRST_SHOWN = 3
MOST_SHOWN = 30
LONGEST = 200  # characters of words or of a place
OLDEST = 120
TOWNS = 12  # towns offered for a code that lies in several areas


@dataclass(frozen=True)
class Search:
    """What somebody looks for. Values that mean nothing to us are left out, never refused."""

    q: str = ""
    place: str = ""
    crime: str = ""
    need: str = ""
    who: tuple[str, ...] = ()
    language: str = ""
    age: int | None = None
    open: bool = False
    nophone: bool = False
    nobill: bool = False
    nopolice: bool = False
    show: int = FIRST_SHOWN

    @classmethod
    def read(cls, given: QueryParams, choices: Mapping[str, Mapping[str, str]]) -> Search:
        """The search in an address; ``choices`` are the values each filter knows."""
        one = {name: given.get(name, "") for name in ("crime", "need", "language")}
        show = given.get("show", "")
        return cls(
            q=_words(given.get("q", "")),
            place=_words(given.get("place", "")),
            who=tuple(who for who in choices["who"] if who in given.getlist("who")),
            age=_age(given.get("age", "")),
            open=bool(given.get("open")),
            nophone=bool(given.get("nophone")),
            nobill=bool(given.get("nobill")),
            nopolice=bool(given.get("nopolice")),
            show=min(int(show), MOST_SHOWN) if re.fullmatch(r"[1-9]\d?", show) else FIRST_SHOWN,
            **{name: value for name, value in one.items() if value in choices[name]},
        )

    @property
    def asks(self) -> bool:
        """Whether anything is looked for at all."""
        return replace(self, show=FIRST_SHOWN) != Search()

    @property
    def filters(self) -> bool:
        """Whether more is set than the two boxes hold."""
        return replace(self, q="", place="", show=FIRST_SHOWN) != Search()

    @property
    def hangs_on_words(self) -> bool:
        """Whether nothing but the words says what help is looked for."""
        return bool(self.q) and not (self.crime or self.need or self.who)

    def link(self, **changes: str | int) -> str:
        """The address of this search with some things changed; what is not set is left out."""
        changed = replace(self, **changes)  # type: ignore[arg-type]  # checked by the dataclass
        set_here = {
            field.name: "1" if value is True else value
            for field in fields(changed)
            if (value := getattr(changed, field.name)) and value != field.default
        }
        return f"/help?{urlencode(set_here, doseq=True)}"

    def query(self, known: Help, where: Resolution) -> Query:
        """What to ask the directory for; words fill only what no choice says."""
        place, heard = where.place, hear(self.q)
        query = Query(
            need=self.need or None,
            crime_type=self.crime or known.guidance.crime_in(self.q),
            district=place.district if place else None,
            county=where.county,
            audience=frozenset(self.who),
            languages=(self.language,) if self.language else (),
            unreported_only=self.nopolice or "nopolice" in heard.wishes,
            no_phone=self.nophone or "nophone" in heard.wishes,
            hidden_from_bill=self.nobill or "nobill" in heard.wishes,
            age=self.age,
            open_now=self.open or "open" in heard.wishes,
            text=self.q,
        )
        told = read(query)
        if told.query.crime_type or told.query.need or told.asked:
            return query
        return replace(query, need=heard.need, text=f"{self.q} {heard.longer}".strip())


@dataclass(frozen=True)
class Where:
    """What the words for a place mean, and what must be asked about it."""

    meaning: Resolution
    said: str
    asks: tuple[str, ...] = ()

    @classmethod
    def read(cls, search: Search, known: Help) -> Where:
        """The place of a search: its own box, or a place named among the words."""
        if search.place:
            meaning = known.places.resolve(search.place)
            return cls(meaning, search.place, _choices(known, meaning))
        named = known.places.mentions(search.q)
        meaning = named[0].resolution if len(named) == 1 else Resolution("")
        return cls(meaning, meaning.as_said, _choices(known, meaning))

    @property
    def unknown(self) -> bool:
        """Whether something was written that we do not know as a place."""
        return bool(self.said) and not self.meaning.known


def without_house(search: Search, known: Help) -> Search:
    """The search with full postcodes cut to their first half, so that no address keeps a house."""
    return replace(search, q=_cut(search.q, known), place=_cut(search.place, known))


def _cut(said: str, known: Help) -> str:
    for mention in reversed(known.places.mentions(said, answering=True)):
        if any(letter.isdigit() for letter in mention.as_said):
            said = said[: mention.start] + mention.as_said + said[mention.end :]
    return said


def _choices(known: Help, meaning: Resolution) -> tuple[str, ...]:
    if not meaning.must_ask:
        return ()
    towns = known.places.towns(meaning.as_said)
    names = (_name(place) for place in towns or meaning.candidates if not place.outside)
    return tuple(dict.fromkeys(names))[:TOWNS]


def _name(place: Place) -> str:
    if place.kind == "place" or not place.district:
        return place.name
    return place.district.replace("-", " ").title()


def _age(said: str) -> int | None:
    said = said.strip()
    return int(said) if re.fullmatch(r"\d{1,3}", said, re.ASCII) and int(said) <= OLDEST else None


def _words(said: str) -> str:
    return " ".join(said.replace("\x00", " ").split())[:LONGEST]

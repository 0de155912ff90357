"""What a person is looking for: this message, the search before it, and what they told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any

from actions.reading import Turn
from knowledge.assessment.model import Record
from knowledge.directory import Aim, Query, is_doubted
from knowledge.directory.aims import outweighs_words
from knowledge.directory.person import read
from knowledge.places import Gazetteer, Place

FRESH = "find_services"
MORE = "more_services"
# Wishes about the person, not about one search: they hold until the conversation ends.
LASTING = frozenset({"no_phone", "no_trace", "no_police", "child"})
UNREPORTED = ("no", "does_not_want")
LONGEST_NAME = 3  # words
_MARKS = " .,;:!?"
_COUNTY_LAST = re.compile(r"[\s,]+(?:cambs|cambridgeshire|herts|hertfordshire)$", re.IGNORECASE)
LONGEST = 300  # characters of earlier words that a refinement still goes by


@dataclass(frozen=True)
class Search:
    """A search that can be refined: words, wishes, and the place, need and crime named in it."""

    words: str = ""
    wishes: tuple[str, ...] = ()
    place: dict[str, Any] | None = None
    need: str | None = None
    crime_type: str | None = None
    reported: str | None = None
    role: str | None = None
    about: str | None = None
    aims: tuple[Aim, ...] = ()

    @classmethod
    def read(cls, kept: dict[str, Any] | None) -> Search:
        """The search as a slot holds it."""
        aims = tuple((aim, odds) for aim, odds in (kept or {}).get("aims", ()))
        wishes = tuple((kept or {}).get("wishes", ()))
        return cls(**{**(kept or {}), "wishes": wishes, "aims": aims})

    def kept(self) -> dict[str, Any]:
        """The search in the form of a slot."""
        return {
            **asdict(self),
            "wishes": list(self.wishes),
            "aims": [list(aim) for aim in self.aims],
        }

    def after(self, turn: Turn) -> Search:
        """The search once this message is heard: a new one, or the same one made narrower."""
        before = self._lasting() if turn.intent == FRESH else self
        told = {fact["name"]: fact["value"] for fact in turn.facts}
        return Search(
            words=f"{before.words} {turn.text}".strip()[-LONGEST:],
            wishes=tuple(dict.fromkeys((*before.wishes, *turn.wishes, *_wishes_told(told)))),
            place=_place_told(told.get("place"), turn.text) or before.place,
            need=_heaviest(told.get("needs") or {}) or before.need,
            crime_type=told.get("crime_type") or before.crime_type,
            reported=told.get("reported") or before.reported,
            role=told.get("role") or before.role,
            about=before.about or turn.about,
            aims=turn.aims or before.aims,
        )

    def query(self, record: Record) -> Query:
        """What to ask the directory for, on top of what was told in the conversation."""
        told = query_of(record)
        place = self.place or {"district": told.district, "county": told.county}
        return replace(
            told,
            text=self.words,
            need=self._need() or (None if self._is_for_somebody() else told.need),
            crime_type=told.crime_type or self._unless_doubted(self.crime_type),
            crime_thought=self._unless_doubted(self.about),
            district=place["district"],
            county=place["county"],
            audience=self._people(),
            unreported_only=told.unreported_only
            or "no_police" in self.wishes
            or self.reported in UNREPORTED,
            no_phone=told.no_phone or "no_phone" in self.wishes,
            hidden_from_bill="no_trace" in self.wishes,
            open_now="open_now" in self.wishes,
            aims=self.aims,
        )

    def _need(self) -> str | None:
        """The need that a wish was read to tell, unless what it is after is surer than that."""
        return None if outweighs_words(self.aims) else self.need

    def _is_for_somebody(self) -> bool:
        """Whether the words say whom help is for: what was told before may not be their need."""
        return bool(read(Query(text=self.words)).query.audience)

    def _unless_doubted(self, crime: str | None) -> str | None:
        """The crime that a wish was read to tell, unless what it is after goes with others."""
        return None if crime and is_doubted(crime, self.aims) else crime

    def _people(self) -> frozenset[str]:
        parent = {"parent"} if self.role == "parent_guardian" else set()
        return frozenset({"child"} & set(self.wishes) | parent)

    def _lasting(self) -> Search:
        return Search(wishes=tuple(wish for wish in self.wishes if wish in LASTING))


def query_of(record: Record) -> Query:
    """What to look for: the heaviest need, the crime, the place, the safe way and language."""
    place = record["place"] or {}
    contact = record["contact"]
    return Query(
        need=_heaviest(record["needs"]),
        crime_type=record["crime_type"],
        district=place.get("district"),
        county=place.get("county"),
        unreported_only=record["reported"] in UNREPORTED,
        no_phone="phone" in contact["avoid"],
        languages=(contact["language"],) if contact["language"] else (),
    )


def _wishes_told(told: dict[str, Any]) -> list[str]:
    """What other facts of a message say about how help must come, and for whom."""
    no_phone = "phone" in (told.get("contact") or {}).get("avoid", ())
    return ["no_phone"] * no_phone + ["child"] * bool(told.get("under_18"))


def _place_told(told: dict[str, Any] | None, text: str) -> dict[str, Any] | None:
    """The place a message tells, or where that is a county, the town that the words name."""
    if told and (told.get("district") or not told.get("county")):
        return told  # a town, or one that lies elsewhere
    named = _place_named(text)
    return named if named and (named["district"] or not told) else told


def _place_named(text: str) -> dict[str, Any] | None:
    """The one place that a wish names, whatever else is said of it; none of two, none in doubt.

    The assistant's reader keeps only places where a crime happened; a search may name any.
    """
    named = [mention.resolution.place for mention in _gazetteer().mentions(text)]
    places = {(one.district, one.county): one for one in named if one}
    exact = [one for one in places.values() if one.district]
    exact = exact or _place_at_the_end(text) or list(places.values())
    if len(exact) != 1:
        return None
    one = exact[0]
    return {"as_said": one.as_said, "district": one.district, "county": one.county}


def _place_at_the_end(text: str) -> list[Place]:
    """The town that ends a message (`who helps? Ramsey`), also one that is a name or a month."""
    said, in_county = _COUNTY_LAST.subn("", text.strip(_MARKS))
    town = re.split(r"[.,;:?!]", said)[-1].strip().split(" in ")[-1]
    if town.lower() == "march" and not in_county:
        return []  # the month
    if not in_county and len(town.split()) > LONGEST_NAME:
        return []
    return [one for one in _places_in(town.split()[-LONGEST_NAME:]) if one.district]


def _places_in(words: list[str]) -> Iterator[Place]:
    """The places of the last words of a message: only a word that stands alone may be a slip.

    `The small hours` is no Smallford.
    """
    if len(words) == 1:
        place = _gazetteer().resolve(words[0]).place
        return iter([place] if place else [])
    named = _gazetteer().mentions(" ".join(words), answering=True)
    known = (one.resolution.place for one in named if _gazetteer().knows(one.as_said))
    return (place for place in known if place)


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.load()


def _heaviest(needs: dict[str, int | None]) -> str | None:
    felt = [(level, name) for name, level in needs.items() if level]
    return max(felt, key=lambda need: need[0])[1] if felt else None

"""All readers of facts behind one door."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from knowledge.places import Gazetteer
from nlu.facts import (
    answers,
    contact,
    crime,
    crime_more,
    dates,
    effects,
    person,
    place,
    reference,
    repeated,
    reported,
    role,
    safety,
    vulnerability,
)  # fmt: skip
from nlu.facts.model import Fact, Odds, OddsOfMentions, Reading, Unclear
from nlu.facts.plain import Plain, plain_of

# The fields that the record of an assessment holds (knowledge/assessment/model.py). `find` tells
# no others, because keeping an unknown field is refused; `read` tells all.
RECORD_FIELDS = frozenset(
    {"role", "safe_now", "crime_type", "occurred", "repeated", "reported", "crime_reference",
     "place", "needs"}
)  # fmt: skip
ALL_FIELDS = RECORD_FIELDS | {"contact", "under_18", "age", "vulnerability"}
NO_ODDS: Odds = {}
BEREAVED = "bereaved_relative"
# What a bereaved relative writes of; the rest is another grief, told beside a crime.
DEATHS = frozenset({"homicide_bereavement", "road_collision_bereavement", "other"})
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)[ -]{0,3}\d[abd-hjlnp-uw-z]{2}\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\b\d{1,4}[a-z]?,? (?:[a-z']+ ){1,3}(?:road|rd|street|st|lane|close|avenue|ave|drive|way|"
    r"crescent|gardens|court|terrace|place|grove|hill|walk|mews|green|rise|square)\b",
    re.IGNORECASE,
)


# `March, the month, not the town`
_MONTH = re.compile(r"\bnot (?:the |a )?(?:town|place)\b|(?<!not )\bthe month\b(?! not)")
# `My shed in March was set on fire at Halloween`: another day is told, so it is the town.
_THING_IN_MARCH = re.compile(
    r"(?:^|[.!?;,:\n]\W*|\band )(?:my|our|the|his|her|mum's|dad's) (?:\w+ ){0,2}(?:shed|allotment|"
    r"house|flat|bungalow|home|place|room|garden|fence|shop|store|pub|cafe|salon|garage|school|"
    r"college|church|farm|field|plot|yard|office|workshop|warehouse|takeaway|hostel|surgery|library|"
    r"park|street|road|close|estate|market|station|club|gym|stall|caravan|boat|landlord|landlady|"
    r"neighbours?)(?:'s)? in march\b"
    r"|\b(?:training|football|tesco|asda|lidl|aldi|morrisons|sainsbury'?s|co-?op|spar|pack ?house|"
    r"factory|warehouse|(?:care|nursing) home|cash ?(?:machine|point)|car park|bus stop|"
    r"high street|town centre|market place) in march\b"
    r"|(?:^|[.!?;,:\n]\W*)(?:i am|i'?m|we are|we'?re|i live|we live) in march\b"
    r"(?! (?:20|19|and april))"
)
_TOWN = re.compile(r"\bmarch,? the town\b|\bthe town of march\b|\bnot the month\b")


class FactFinder:
    """Reads every field of the assessment that a message tells.

    ``fields`` are those that `find` may tell.
    """

    def __init__(self, gazetteer: Gazetteer, fields: frozenset[str] = RECORD_FIELDS) -> None:
        self._gazetteer = gazetteer
        self._fields = fields

    def find(
        self,
        text: str,
        *,
        question: str | None = None,
        today: date,
        odds: Odds = NO_ODDS,
        asks: bool = False,
    ) -> tuple[Fact, ...]:
        """The facts of a message, each field at most once.

        ``question`` is what was being asked, if anything; ``today`` the day against which
        words like `yesterday` are read; ``odds`` what classifiers think; ``asks`` whether the
        message itself is taken for a question.
        """
        reading = self.read(text, question=question, today=today, odds=odds, asks=asks)
        return tuple(fact for fact in reading.facts if fact.name in self._fields)

    def read(
        self,
        text: str,
        *,
        question: str | None = None,
        today: date,
        odds: Odds = NO_ODDS,
        asks: bool = False,
        mentions: OddsOfMentions | None = None,
    ) -> Reading:
        """All facts of a message, also those about contact and age, and what must be asked.

        ``mentions`` says how likely the mentions of times and ways are those that count.
        """
        plain = plain_of(text)
        if not plain.text.strip() or answers.tells_nothing(plain):
            return Reading(())
        crimes = odds.get(crime.NAME, ())
        named = crime.named(plain)
        tells = bool(named) or crime.tells(crimes)
        wonders = asks and not crime.tells(crimes)
        where = place.read(self._gazetteer, text, question)
        dated = dates.read(
            plain,
            question,
            today,
            tells=tells,
            odds=partial(mentions.times, plain) if mentions else None,
        )
        when, doubt, vague = self._when(plain, question, dated, where)
        where = self._with_march(plain, where, when)
        done = crime.read(plain, question, crimes, named, asks=asks)
        who = role.read(
            plain,
            question,
            odds.get(role.NAME, ()),
            asks=wonders,
            tells=tells or bool(done),
            told=done.value if done else None,
        )
        facts = (
            done,
            None if asks else crime_more.read(plain, done, question),
            when,
            where.fact,
            who,
            vulnerability.read(plain, question, who.value if who else None),
            contact.read(plain, question, mentions.ways if mentions else None),
            *_plain_readers(plain, question, odds, asks=wonders),
        )
        kept = tuple(_private(fact) for fact in _reconciled(facts))
        unclear = tuple(item for item in (where.unclear, doubt) if item)
        supposed = [*_supposed(plain, question, odds, {one.name for one in kept})]
        supposed += [_private(vague)] if vague else []
        return Reading(kept, unclear, tuple(supposed))

    def _with_march(self, plain: Plain, where: place.Reading, when: Fact | None) -> place.Reading:
        """The place, or the town of March where something stands in it and another day is told."""
        another = when and when.name == "occurred" and "march" not in when.as_said.lower()
        if where.fact or not another or not _THING_IN_MARCH.search(plain.text):
            return where
        return place.Reading(place.march(self._gazetteer, "March"))

    def _when(
        self, plain: Plain, question: str | None, found: dates.When | None, where: place.Reading
    ) -> tuple[Fact | None, Unclear | None, Fact | None]:
        """When it happened; what must be asked to know; what is too vague to hold unconfirmed."""
        if found is None:
            return None, None, None
        value = {"from": found.first.isoformat(), "to": found.last.isoformat()}
        fact = Fact("occurred", value | {"as_said": found.as_said}, found.as_said)
        if found.open or (found.vague and question != "when"):
            return None, None, fact
        if found.town and _TOWN.search(plain.text):
            return place.march(self._gazetteer, found.as_said), None, None
        if not found.town or _MONTH.search(plain.text):
            return fact, None, None
        if where.fact and "march" not in where.fact.as_said.lower():
            return fact, None, None
        town = place.march(self._gazetteer, "March")
        if question == "where" or town is None:
            return (None if where.fact else fact), None, None
        return None, Unclear("place_or_time", found.as_said, (fact, town)), None


def _plain_readers(
    plain: Plain, question: str | None, odds: Odds, *, asks: bool
) -> Iterator[Fact | None]:
    yield reported.read(plain, question, odds.get(reported.NAME, ()), asks=asks)
    yield safety.read(plain, question, odds.get(safety.NAME, ()))
    yield repeated.read(plain, question, odds.get(repeated.NAME, ()))
    yield reference.read(plain, question)
    yield effects.read(plain, question)
    yield from person.read(plain, question)


def _supposed(plain: Plain, question: str | None, odds: Odds, told: set[str]) -> tuple[Fact, ...]:
    """What was likely told of the fields that are not surely understood."""
    likely = [
        crime.supposed(plain, question, odds.get(crime.NAME, ())),
        role.supposed(plain, question, odds.get(role.NAME, ())),
    ]
    if likely[0] is None and crime.NAME not in told:
        likely = []  # without a crime there is nobody it happened to
    likely.append(reported.supposed(plain, question))
    likely.append(repeated.supposed(plain, odds.get(repeated.NAME, ())))
    likely.append(vulnerability.supposed(plain, question, odds.get(vulnerability.NAME, ())))
    likely.append(safety.supposed(plain, question, odds.get(safety.BESIDE, ())))
    return tuple(_private(fact) for fact in likely if fact and fact.name not in told)


def _reconciled(facts: Sequence[Fact | None]) -> list[Fact]:
    """Facts that agree: who has a crime reference has reported it; grief names the role."""
    told = {fact.name: fact for fact in facts if fact is not None}
    if (number := told.get("crime_reference")) and told.get("reported") is None:
        told["reported"] = Fact("reported", "yes", number.as_said)
    crime_told, role_told = told.get(crime.NAME), told.get(role.NAME)
    if role_told and role_told.value == BEREAVED and crime_told and crime_told.value not in DEATHS:
        del told[role.NAME]  # `I lost my mum last year and now someone has taken her ring`
    return list(told.values())


def _private(fact: Fact) -> Fact:
    """The fact without a full postcode or a house number in the person's words."""
    said = _blotted(fact.as_said)
    value: Any = fact.value
    if isinstance(value, dict) and isinstance(value.get("as_said"), str):
        value = value | {"as_said": _blotted(value["as_said"])}
    return replace(fact, as_said=said, value=value)


def _blotted(said: str) -> str:
    return _ADDRESS.sub("…", _POSTCODE.sub(lambda found: found[1].upper(), said))

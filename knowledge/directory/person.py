"""What a query tells about a person, with what follows from it and from their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from . import aims
from .model import Query
from .tongues import languages_said
from .wording import table

ADULT, OLDEST = 18, 120
AGES = {"child": (0, 17), "young": (0, 25), "older": (60, OLDEST), "adult": (ADULT, OLDEST)}
GENDERS = frozenset({"man", "woman", "nonbinary"})
DEAF = "deaf"  # a line that must be heard is no way in
AT_RISK, AT_RISK_TERM = "at_risk_adult", "older_or_at_risk_adult"
_SAID = (
    "six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
)
_IN_WORDS = {word: age for age, word in enumerate(_SAID.split("|"), start=6)}
_OWN_AGE = re.compile(
    rf"\bi(?:'?m| am) (?:only |just )?(?P<age>[6-9]|[1-9]\d|{_SAID})\b"
    r"(?![ -]?(?:%|week|month|day|min|hour|mile|quid|pound|grand|k\b|times?|st|th\b"
    r"|foot|feet|ft|one|two|three|four))"
    r"|\b(?P<said_of>[6-9]|[1-9]\d)[ -](?:years?|yrs?)[ -]old (?:\w+ )?here\b"
    r"|(?:^\W*|\bi'?m a )(?:man|bloke|lad|boy|guy|woman|lady|girl|lass|male|female|teenager)"
    r"\W{1,2}(?:of |aged? )?(?P<after>[6-9]|[1-9]\d)\b(?! ?(?:%|weeks?|months?|days?|times?))",
    re.IGNORECASE,
)
_WISHES = frozenset({"role", "asks", "asks_weakly"})
_CRIMES_SAID = frozenset({"crime_surely", "crime_type"})
_DENIED = re.compile(
    r"\b(?:don'?t|do not|won'?t|not|never|without|rather not)\b(?! know)[^.!?]{0,25}$",
    re.IGNORECASE,
)
AREA_OF_COUNTY = {
    "hertfordshire": "hertfordshire",
    "cambridgeshire": "cambridgeshire-peterborough",
    "cambridgeshire-peterborough": "cambridgeshire-peterborough",
}


@dataclass(frozen=True)
class Person:
    """A query read for fitting: directory terms, groups, the span of ages, the area.

    ``groups`` are those the person named and those their crime implies, ``special_groups`` those
    that not everybody with this crime is one of.
    ``asked`` are services for just what the words ask for (else those that would suit),
    ``barred`` those that the words rule out; ``wants_specialist`` is true where a service made for
    the crime helps more than one for any victim, ``wants_general`` where help after any crime is
    asked for.
    """

    query: Query
    terms: frozenset[str]
    groups: frozenset[str]
    special_groups: frozenset[str]
    ages: tuple[int, int]
    area: str | None
    roles: frozenset[str]
    asked: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    wants_specialist: bool = False
    wants_general: bool = False

    @cached_property
    def genders(self) -> frozenset[str]:
        """What is known of gender; empty when nothing is."""
        return self.query.audience & GENDERS


@dataclass(frozen=True)
class _Crime:
    """What a crime means to the directory: its terms, who it implies, who helps most."""

    terms: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    wants_specialist: bool = False


@cache
def _crimes() -> dict[str, _Crime]:
    return {
        row["crime_type"]: _Crime(
            _set(row["terms"]), _set(row["groups"]), row["first"] == "specialist"
        )
        for row in table("taxonomy.csv")
    }


@cache
def _topics() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple(
        (re.compile(row["pattern"]), row["fills"], row["value"]) for row in table("topics.csv")
    )


def read(query: Query) -> Person:
    """The person behind a query; their own words fill only what is not known yet."""
    heard = _heard(query.text) if query.text else []
    heard = _with_aims(heard, query.aims)
    full = _filled(query, heard)
    crime = _crimes().get(full.crime_type or "", _Crime(_set(full.crime_type or "")))
    own = _own_groups(full)
    return Person(
        query=full,
        terms=_with_adult_at_risk(crime.terms, own),
        groups=own | _implied(crime, full),
        special_groups=own - crime.groups | crime.groups & {AT_RISK},
        ages=_ages(full),
        area=AREA_OF_COUNTY.get(full.county or ""),
        roles=frozenset(value for fills, value in heard if fills == "role"),
        asked=_services("asks", heard) or _services("asks_weakly", heard),
        barred=_services("not", heard),
        wants_specialist=crime.wants_specialist,
        wants_general=aims.is_general(query.aims) and not crime.wants_specialist,
    )


def is_doubted(crime: str, said: Sequence[aims.Aim]) -> bool:
    """Whether a crime that leads to lines of its own was only thought of, and idly.

    What the wish is surely after goes with other crimes; such lines would be for somebody else.
    """
    return _crimes().get(crime, _Crime()).wants_specialist and aims.doubts(crime, said)


def _heard(text: str) -> list[tuple[str, str]]:
    """What the words tell; a wish that is denied ("I don't want to report it") is none."""
    text = text.lower()  # as the patterns are: to look for either case takes twice as long
    found = ((pattern.search(text), fills, value) for pattern, fills, value in _topics())
    return [
        (fills, value)
        for match, fills, value in found
        if match and not (fills in _WISHES and _DENIED.search(text[: match.start()]))
    ]


def _with_aims(heard: list[aims.Told], said: Sequence[aims.Aim]) -> list[aims.Told]:
    """Also what follows from aims; whom the words ask for outweighs whom most aims do."""
    told = list(aims.told(said))
    if aims.outweighs_words(said):
        kinds = [of for of in (_WISHES, _CRIMES_SAID) if any(fills in of for fills, _ in told)]
        return told + [pair for pair in heard if not any(pair[0] in of for of in kinds)]
    is_asked = any(fills == "asks" for fills, _ in heard)
    return heard + [pair for pair in told if not (is_asked and pair[0] == "asks")]


def _services(fills: str, heard: list[tuple[str, str]]) -> frozenset[str]:
    return frozenset().union(*(_set(value) for what, value in heard if what == fills))


def _implied(crime: _Crime, query: Query) -> frozenset[str]:
    """Who a crime tells us they are; an adult who was hurt as a child asks as nobody's parent."""
    is_adult = _ages(query)[0] >= ADULT
    return crime.groups - {"parent"} if is_adult else crime.groups


def _with_adult_at_risk(terms: frozenset[str], groups: frozenset[str]) -> frozenset[str]:
    """Whatever was done to an adult who needs care, those who keep such adults safe help."""
    return terms | {AT_RISK_TERM} if terms and AT_RISK in groups else terms


def _filled(query: Query, heard: list[tuple[str, str]]) -> Query:
    first: dict[str, str] = {}
    for fills, value in heard:
        first.setdefault(fills, value)
    crime = query.crime_type if query.crime_type not in {None, "other"} else None
    said = frozenset(value for fills, value in heard if fills == "audience")
    if query.audience & GENDERS:
        said -= GENDERS
    return replace(
        query,
        age=query.age or _age_said(query),
        need=query.need or first.get("need"),
        crime_type=first.get("crime_surely")
        or crime
        or first.get("crime_type")
        or query.crime_thought,
        audience=query.audience | said,
        languages=query.languages or languages_said(query.text),
        no_phone=query.no_phone or DEAF in query.audience | said,
    )


def _age_said(query: Query) -> int | None:
    """The age that somebody says of themselves; not that of a child they name."""
    said = _OWN_AGE.search(query.text)
    found = (said["age"] or said["said_of"] or said["after"]).lower() if said else None
    age = _IN_WORDS.get(found) or int(found) if found else None
    return age if age is None or age < ADULT or not query.audience & set(AGES) else None


def _own_groups(query: Query) -> frozenset[str]:
    """Who somebody is by what they said and their age; who is grown up is no child."""
    own = query.audience | _groups_of_age(query)
    is_adult = query.age is not None and query.age >= ADULT
    return own - {"child"} if is_adult and "parent" not in own else own


def _groups_of_age(query: Query) -> frozenset[str]:
    if query.age is None:
        return frozenset()
    wide = {"child": query.age < ADULT, "young": query.age <= 25, "older": query.age >= 60}
    return frozenset(group for group, fits in wide.items() if fits)


def _ages(query: Query) -> tuple[int, int]:
    if query.age is not None:
        return (query.age, query.age)
    return next((AGES[group] for group in AGES if group in query.audience), (0, OLDEST))


def _set(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split("|")))

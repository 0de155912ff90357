"""Where it happened, through the gazetteer: a town or half a code, never an address."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.places import Gazetteer, Mention, Place, Resolution
from nlu.facts.dates.deeds import EVENT
from nlu.facts.model import Fact, Unclear
from nlu.facts.place_alone import alone
from nlu.facts.place_elsewhere import LIVES_NOW, is_a_way, is_elsewhere, is_refuge
from nlu.facts.place_nearby import nearest
from nlu.facts.place_of_kin import is_home_of_theirs

NAME = "place"
WINDOW = 1_500  # characters that are looked through at once: the gazetteer takes its time
LONGEST = 6_000
_BREAK = re.compile(
    (
        r"[,.!?;\n]| (?:and|but|then|so|because|cos|when|while|who|which|"
        r"where|after|before) "
    ),
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\b(?:he|she|they|ex|who|him|her|mum|dad|mother|father|sister|"
    r"brother|friends?|son|daughter|family|parents|nan|police|officer|"
    r"solicitor|(?<!food )court|offender|man|lad|boyfriend|husband|wife|partner|"
    r"cousin|uncle|aunt|bank|call(?:er)?|council|grew up|born|brought up|"
    r"used to live|from a|originally)(?:'s|’s|s)?(?: \w+){0,3} (?:lives?|"
    r"lived|living|is|are|was|comes?|came|works?|worked|moved|based|"
    r"stays?|staying|in|from|near)?(?: \w+)? ?(?:in|from|to|at|near|"
    r"of|round|over in)? ?$",
    re.IGNORECASE,
)
_LIVES = re.compile(
    r"\b(?:liv(?:es?|ed|ing)|from(?! (?:school|work|college|nursery|football|town|the))|"
    r"comes?|came|works?|worked|moved|based|stay(?:s|ed|ing)?|born|"
    r"grew up|brought up)\b(?: \w+)? ?(?:in|from|to|at|near|of|round|over in)? ?$",
    re.IGNORECASE,
)
_ON_THE_WAY = re.compile(
    (
        r"\b(?:mov(?:ed?|ing) (?:to|from)|go(?:ing)? to|travel\w* to|train to|"
        r"bus to|way to|drive to|driving to|from)(?: \w+)? ?$"
    ),
    re.IGNORECASE,
)
_HOME = re.compile(
    (
        r"\b(?:i|we)(?:'?m| am|'?re| are)? ?(?:live|living|stay|staying|"
        r"based|in|from|at)\b|\b(?:i live|we live|my (?:house|home|flat|"
        r"place|shop|business)|home is|i'm in|im in|im from|i am from)\b"
    ),
    re.IGNORECASE,
)
_OFFICE = re.compile(
    (
        r"^(?:'s)? (?:police|crown|magistrates|county court|court|council|"
        r"nick|constabulary|hospital|citizens)\b"
    ),
    re.IGNORECASE,
)

# `Me and my husband live in Tring`, `police came to us in Sawston`: it is the writer's place.
_OURS_TOO = re.compile(
    r"\b(?:me|i) and (?:my|the) |\b(?:my|our) \w+ and (?:i|me|us)\b|"
    r"\b(?:to|at) (?:us|me|ours|mine|(?:my|our) (?:house|home|flat|door))(?: \w+)? (?:in|at) $|"
    r"\bwe(?:'re|’re| are) an? (?:\w+ )?(?:family|couple) (?:living |from |based )?(?:in |at )?$",
    re.IGNORECASE,
)

# Asked where: `at my mum's in Ely, but I live in Leeds`.
_AT_THEIRS = re.compile(
    r"^\W*(?:it was |well,? )?(?:at|outside|round) (?:my|our|her|his) \w+['’]?s?(?: \w+)? in $|"
    r"\b(?:i|we) (?:was|were) (?:visiting|seeing|with|staying (?:at|with)) (?:my|our|a) "
    r"(?:\w+ )?in $",
    re.IGNORECASE,
)

# `The family I work for in Harpenden do not let me out`: where they are, it is.
_AT_WORK = re.compile(
    r"\b(?:family|people|couple|lady|man|woman|boss|house|farm|place)(?: that| who| where)? "
    r"(?:i|we) (?:work|live|stay|clean)(?:ed)?(?: for| with| at)? in $",
    re.IGNORECASE,
)

# Not where it happened, but somewhere else all the same: their station, their council.
_AUTHORITY = re.compile(
    r"\b(?:police|officer|solicitor|court|council|bank|call(?:er)?|offender|ex|who|grew up|born|"
    r"brought up|used to live|originally|(?:man|lad|woman|bloke|guy|gang|one|he|she|they)"
    r"(?:'s|’s|s| is| are| was)? from a)\b(?:'s|’s|s)?(?: \w+){0,5} ?$|"
    r"\b(?:he|she|they)(?:'s|’s| is|'re| are| was| were)(?: now)? (?:in|at|near|from)(?: \w+)? ?$",
    re.IGNORECASE,
)
_LIVES_HERE = re.compile(r"\bit (?:was|is|happened)\b|\bwhere (?:i|we)\b", re.IGNORECASE)
# What a person writes before they put a place right, and what stands in the way of it.
_CORRECTION = (
    r"\b(?:(?:no|nah|nope),? (?:sorry|wait|hang on|hold on|not there|actually|(?:i )?tell a lie)|"
    r"(?:wait|hang on|hold on),? (?:no|nah|sorry)|sorry|actually|i mean|scra(?:p|tch) that|"
    r"my mistake|(?:i|we)(?:['’]?ve| have) moved)\b"
)
_WHERE_I_LIVE = r"\b(?:that['’]?s|that is) (?:only |just )?where (?:i|we) (?:live|work|stay)\b"
_CORRECTS = re.compile(f"{_CORRECTION}|{_WHERE_I_LIVE}", re.IGNORECASE)
_PUTS_RIGHT = re.compile(
    rf"{_CORRECTION}[^.?!]{{0,40}}$|{_WHERE_I_LIVE}[^.?]{{0,40}}$|"
    r"\bit says [^.?!]{2,30}[,;] ?(?:but )?it(?:'?s| is| was) (?:in )?$",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"\b(?:i meant?|should be|should say|correction|changed? it to)(?: (?:in|it was|to say))? $",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reading:
    """A place fact, or what must be asked to get one."""

    fact: Fact | None = None
    unclear: Unclear | None = None


def read(gazetteer: Gazetteer, text: str, question: str | None) -> Reading:
    """Where it happened; the person's home when that is all they name."""
    for start in range(0, min(len(text), LONGEST), WINDOW):
        found = _read(gazetteer, text[start : start + WINDOW].strip(), question)
        if found.fact or found.unclear:
            return found
    return Reading()


def _read(gazetteer: Gazetteer, text: str, question: str | None) -> Reading:
    asked = question == "where"
    if asked:
        whole = gazetteer.resolve(text)
        if whole.place and not is_a_way(text) and not _CORRECTS.search(text):
            return Reading(_fact(whole))
    mentions = gazetteer.mentions(text, answering=asked)
    if any(one.resolution.must_ask or _ends_an_address(text, one) for one in mentions):
        # "SG8, Royston", "Ramsey, Cambs": beside a code or a county a name is a town, also one
        # that is a person's name
        mentions = gazetteer.mentions(text, answering=True)
    if not mentions and not asked:
        named = alone(gazetteer, text)
        return Reading(_fact(named.resolution)) if named and named.resolution.place else Reading()
    if not mentions:
        return Reading(_fact(whole)) if whole.place else _answer(gazetteer, whole)
    mentions = tuple(nearest(gazetteer, text, mentions))
    weighed = [(_weight(text, mention, asked), mention) for mention in mentions]
    return _chosen(gazetteer, [pair for pair in weighed if pair[0] > 0], asked)


def _ends_an_address(text: str, mention: Mention) -> bool:
    place = mention.resolution.place
    return bool(place and not place.district) and text[: mention.start].endswith(", ")


def march(gazetteer: Gazetteer, said: str) -> Fact | None:
    """The town of March, for asking whether it was meant."""
    place = gazetteer.resolve("March").place
    return _place_fact(place, said) if place else None


def _answer(gazetteer: Gazetteer, whole: Resolution) -> Reading:
    if whole.outside:
        return Reading(_outside(whole.as_said))
    return Reading(unclear=_ask(gazetteer, whole.as_said, whole.candidates))


def _chosen(gazetteer: Gazetteer, weighed: list[tuple[int, Mention]], asked: bool) -> Reading:
    if not weighed:
        return Reading()
    top = max(weight for weight, _ in weighed)
    best = [mention for weight, mention in weighed if weight == top]
    named = [mention.resolution.place for mention in best if mention.resolution.place]
    exact = [place for place in named if place.district] or named
    districts = {place.district for place in exact}
    if len(districts) == 1:
        return Reading(_fact_of(_closest(exact)))
    if len(districts) > 1:
        options = tuple(_place_fact(place, place.as_said) for place in exact)
        return Reading(
            unclear=Unclear(NAME, " / ".join(p.as_said for p in exact), _unique(options))
        )
    return _unsettled(gazetteer, weighed, best, asked)


def _unsettled(
    gazetteer: Gazetteer, weighed: list[tuple[int, Mention]], best: list[Mention], asked: bool
) -> Reading:
    """No mention of the best names one place: a town further off settles a code, else ask."""
    codes = [mention for mention in best if mention.resolution.candidates]
    if not codes:
        first = best[0]
        told = first.resolution.outside and (asked or max(w for w, _ in weighed) >= 4)
        return Reading(_outside(first.as_said) if told else None)
    fitting = {place.district for place in codes[0].resolution.candidates}
    for _, mention in weighed:
        place = mention.resolution.place
        if place and place.district in fitting:
            return Reading(_fact_of(place))
    return Reading(unclear=_ask(gazetteer, codes[0].as_said, codes[0].resolution.candidates))


def _weight(text: str, mention: Mention, asked: bool) -> int:
    """0 when the place is about something else; more when it is where it happened."""
    start, end = _clause(text, mention)
    before, after = text[start : mention.start], text[mention.end : end]
    if is_elsewhere(text, mention, before) or (is_refuge(before) and not asked):
        return 0
    county = mention.resolution.place and not mention.resolution.place.district
    if not county and (_MEANT.search(before) or _PUTS_RIGHT.search(text[: mention.start])):
        return 6
    if _OFFICE.match(text[mention.end :]):
        return int(asked)
    if is_home_of_theirs(text, before) or _AT_WORK.search(before):
        return 3
    ours = _OURS_TOO.search(text[max(0, mention.start - 60) : mention.start])
    theirs = asked and _AT_THEIRS.search(before)
    if not (ours or theirs) and _of_another(before, after):
        return int(asked or not (_LIVES.search(before) or _AUTHORITY.search(before)))
    if county:
        return 2
    if EVENT.search((before + " " + after).lower()):
        return 5
    return _unmarked(before, asked)


def _unmarked(before: str, asked: bool) -> int:
    """How likely a place is that no word of the deed stands beside."""
    if _ON_THE_WAY.search(before):
        return 1 + int(asked)
    if asked:
        return 3 if LIVES_NOW.search(before) and not _LIVES_HERE.search(before) else 4
    return 4 if _HOME.search(before) else 3


def _of_another(before: str, after: str) -> bool:
    """Whether it is somebody's home or origin, not where something was done to them."""
    if not _OF_ANOTHER.search(before):
        return False
    return bool(_LIVES.search(before)) or not EVENT.search((before + " " + after).lower())


def _clause(text: str, mention: Mention) -> tuple[int, int]:
    start = 0
    for found in _BREAK.finditer(text, 0, mention.start):
        start = found.end()
    after = _BREAK.search(text, mention.end)
    return start, after.start() if after else len(text)


def _closest(places: list[Place]) -> Place:
    """A town says more than the code or district beside it."""
    return next((place for place in places if place.kind == "place"), places[0])


def _ask(gazetteer: Gazetteer, said: str, candidates: tuple[Place, ...]) -> Unclear | None:
    if not candidates:
        return None
    towns = gazetteer.towns(said)
    options = [_place_fact(town, town.name) for town in towns] or [
        _place_fact(place, place.name) for place in candidates if not place.outside
    ]
    return Unclear(NAME, said, _unique(tuple(options)))


def _unique(options: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple({option.as_said.lower(): option for option in options}.values())


def _fact(resolution: Resolution) -> Fact:
    place = resolution.one()
    return _place_fact(place, place.as_said or resolution.as_said)


def _fact_of(place: Place) -> Fact:
    return _place_fact(place, place.as_said or place.name)


def _place_fact(place: Place, said: str) -> Fact:
    value = {"as_said": said, "district": place.district, "county": place.county}
    return Fact(NAME, value, said)


def _outside(said: str) -> Fact:
    """A place that neither county covers: no district and no county."""
    return Fact(NAME, {"as_said": said, "district": None, "county": None}, said)

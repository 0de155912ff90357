"""Names of places that are surely not where it happened: a road, a journey, a word like a name."""

from __future__ import annotations

import re

from knowledge.places import Mention
from nlu.facts.place_alone import FAREWELL

_NOT_THERE = re.compile(
    r"\b(?:not|wasn['’]?t|isn['’]?t) (?:in |at |near )?$|"
    # a desk where it was told
    r"\b(?:front desk|front counter|enquiry desk|police station|nick|station desk) (?:at|in) $|"
    r"\bvillage(?: \w+)? (?:near|outside|nr\.?) $",
    re.IGNORECASE,
)
# `Somewhere on the train between Royston and Cambridge`: neither is where it was.
_BETWEEN_STOPS = re.compile(r"\bbetween $", re.IGNORECASE)
_ON_BOARD = re.compile(r"\b(?:train|bus|coach)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween (?:\w+ ){1,3}and $", re.IGNORECASE)
# A kind of dog or a dish that bears a name of a place; `their own beds`, `50 bucks`.
_NO_PLACE = re.compile(
    r"^(?:-| )(?:terriers?|pudding|bulldogs?|spaniels?|setters?|retrievers?|shepherds?|accents?|"
    r"pasty|tea|gas|street address)\b",
    re.IGNORECASE,
)
_WORDS_TOO = frozenset({"beds", "bucks", "notts", "walkers"})
# `Cambridge United kick off at three`
_TEAM = re.compile(
    r" (?:united|rovers|wanderers|fc|city (?:fc|lost|won|play)|football club)\b", re.IGNORECASE
)
# `Not here, but we live in Hitchin now`, `in a B&B in Ware since the fire`: what came after.
_SINCE_THEN = re.compile(
    r"(?<!wedding )(?<!party )(?<!function )(?<!reception )(?<!conference )"
    r"\b(?:in|at) (?:a |an |the )?(?:b ?(?:&|and) ?b|hotel|hostel|refuge|travelodge|premier inn|"
    r"temporary (?:flat|housing|accommodation)) (?:in|at|near) $"
    r"|\b(?:asleep|sleeping|staying|camped)(?: \w+)? (?:on|in|at) (?:my|our) "
    r"(?:floor|sofa|house|home|flat|spare room) in $"
    r"|\b(?:at|in) (?:uni|university|college) (?:in|at) $",
    re.IGNORECASE,
)
_LIVE_HERE = re.compile(r"\b(?:but )?(?:i|we) live in $", re.IGNORECASE)
_NOW = re.compile(r" (?:now|these days|nowadays)\b", re.IGNORECASE)
# Places elsewhere that bear a name of ours, and a number of people.
_NAMESAKE = re.compile(
    r"(?:hatfield (?:peverel|heath|broad oak|forest|woodhouse)|watford gap|hertford college|"
    r"luton (?:and|&) dunstable|royston vasey|ely,? cardiff|three (?!rivers)\w+)\b",
    re.IGNORECASE,
)
_ROAD = re.compile(r" (?:road|rd|street|lane|avenue|close|drive)\b", re.IGNORECASE)
# `On the train from Hitchin to Royston`: either end, or neither.
_JOURNEY = re.compile(
    r"\b(?:train|bus|coach|all the way)\b[^.!?]{0,30}?\bfrom (?:(?:\w+ ){1,3}?to )?$",
    re.IGNORECASE,
)
_WAY = re.compile(
    r"\bbetween \w[\w' -]* and \w|\b(?:train|bus|coach)\b[^.!?]* from \w", re.IGNORECASE
)
# `When I was eight ... I live in Ramsey now`: where they live is not where it was.
_LONG_AGO = re.compile(
    r"\bwhen (?:i|he|she) (?:was|were) (?:a (?:child|kid|boy|girl|teenager)|little|small|young|at "
    r"school|\d{1,2}\b|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen)|"
    r"\bas a (?:child|kid|boy|girl|teenager)\b|"
    r"\b(?:fifties|sixties|seventies|eighties|nineties|(?:50|60|70|80|90)'?s|19\d\d)\b|"
    r"\b(?:[2-9]\d|twenty|thirty|forty|fifty|sixty) (?:odd )?years ago\b",
    re.IGNORECASE,
)
_LIVES_SINCE = re.compile(
    r"(?:,? |[^.!?]{0,60}\b(?:been|lived) here )(?:since|from) (?:19|20)\d\d\b", re.IGNORECASE
)
LIVES_NOW = re.compile(
    r"\b(?:live|living|moved|i'?m|i am|we'?re|settled|based)(?: now| up| down| over)?"
    r"(?: here| out)? ?(?:in|to|at|near) ?$",
    re.IGNORECASE,
)
# `I've moved to Cambridge since`
_MOVED = re.compile(r"\bmoved to $", re.IGNORECASE)
_SINCE = re.compile(r" since(?: then)?\b(?! (?:i|we|it|the|he|she|they)\b)", re.IGNORECASE)
# `We are sleeping at my cousin's in Ely`, `she is at ours now in Melbourn`
_REFUGE = re.compile(
    r"\b(?:sleeping|staying|stopping|sofa surfing|safe|hiding|i['’]?m|i am|we['’]?re|we are|"
    r"she['’]?s|she is|he['’]?s|he is|gone)(?: now| safe)? (?:at|with|over at|round) "
    r"(?:ours|mine|(?:my|our|her|his|a) \w+['’]?s?(?: place| house| flat)?)(?: now)? "
    r"(?:in|near) $",
    re.IGNORECASE,
)
# `St Albans is where I work`: no place of what happened.
_ONLY_MINE = re.compile(
    r" (?:is|was)(?: only| just)? "
    r"(?:where (?:i|we|he|she|they) (?:work|live|grew|stay|come|was born)|"
    r"my (?:work|office|job|home town))",
    re.IGNORECASE,
)


def is_refuge(before: str) -> bool:
    """Whether the words before a place say that somebody went or stays there since."""
    return bool(_REFUGE.search(before))


def is_a_way(text: str) -> bool:
    """Whether a message names the ends of a way, and no place on it."""
    return bool(_WAY.search(text))


def is_elsewhere(text: str, mention: Mention, before: str) -> bool:
    """Whether what bears the name is surely not where it happened, or no place at all."""
    said, after = text[mention.start : mention.end], text[mention.end :]
    if FAREWELL.search(text[: mention.start]) and not text[mention.end :].strip(" .!"):
        return True
    if said in _WORDS_TOO or _NO_PLACE.match(after) or _ONLY_MINE.match(after):
        return True
    ahead = text[: mention.start]
    if _TEAM.match(after) or _SINCE_THEN.search(ahead):
        return True
    if _LIVE_HERE.search(ahead) and _NOW.match(after):
        return True
    if _NAMESAKE.match(said + after) or _ROAD.match(after) or _JOURNEY.search(ahead):
        return True
    stops = mention.resolution.outside or _ON_BOARD.search(text)
    between_stops = _BETWEEN_STOPS.search(before) and stops
    between = _BETWEEN.search(ahead)
    if _NOT_THERE.search(before) or between or between_stops:
        return True
    if _MOVED.search(before) and _SINCE.match(after):
        return True
    lives_now = LIVES_NOW.search(before) and not _LIVES_SINCE.match(after)
    return bool(lives_now and _LONG_AGO.search(text))

"""Times of other things than what happened, however near they stand to it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from nlu.facts.dates.phrases import Named

_NOT_IT = re.compile(r"\b(?:not|rather than|instead of)(?: (?:on|in|the|last|it))* ?$")
_UNTIL = re.compile(r"\b(?:until|till|up to) (?:just )?$")  # `told nobody until tonight`
# `Never said a word of it until the police rang in June`: the day of telling.
_UNTOLD_UNTIL = re.compile(
    r"\b(?:never|nobody|no one|not)\b[^.!?\n]*\b(?:told|tell|said|say|spoken?|speak|word|"
    r"mention\w*|report\w*)\b[^.!?\n]*\b(?:until|till)\b[^.!?\n]*$"
    r"|\b(?:told|tell) (?:nobody|no one|not a soul) (?:until|till)\b[^.!?\n]*$"
)
# `Third time this year` counts; it does not say when.
_COUNTED = re.compile(
    r"(?<!some )(?<!any )\b(?:times?|twice|visits?|incidents?)(?: already| so far| now)? $"
    r"|\b(?:second|third|fourth|fifth|sixth|[2-9](?:nd|rd|th)) \w+(?:[ -]in)?"
    r"(?: already| so far| now)? $"
    r"|\b(?:that is|it is|makes|had|been) (?:two|three|four|five|six|seven|\d)(?: \w+)? $"
)
# From the first of the month to now tells when, of what happened several times in it.
_TIMES_IN_MONTH = re.compile(r"\btimes? (?:already )?$")
_LAST_WEEK = re.compile(r"last (?:week|weekend|night)\b")  # `three times last week` tells when
_THIS_UNIT = re.compile(r"\bthis (?:week|month|year|spring|summer|autumn|winter)$")
_ONE_OF_MANY = re.compile(
    r"^\W*(?:(?:the|my|our|(?:it|that|this) (?:is|was)) )*"
    r"(?:second|third|fourth|fifth|sixth|[2-9](?:nd|rd|th))\b"
)
_NUMBER_BEFORE = re.compile(r"\b(?:two|three|four|five|six|seven|\d)(?: \w+)? $")
# Somebody plans up to a day, or for it: `shifts cancelled up to Christmas`.
_PLANNED = re.compile(
    r"\b(?:up to|by|(?:booked|free|away) from|"
    r"(?:in time|booked|ready|saving|saved|planned|meant|tickets?) for)(?: the)? $"
)
# `Incident 388 of the 20th`: the day of its number
_OF_A_NUMBER = re.compile(
    r"\b(?:incident|cad|log|ref\w*|urn|crime (?:no|num\w*|ref\w*)) ?(?:number |no |num )?\w+ "
    r"(?:of|from|dated)(?: the)? $"
)
_AS_IF = re.compile(r"\blike(?: it is)? $")  # `lit up like Christmas`
# What comes of a crime has days of its own: the bank's, the school's, the court's.
_AFTERMATH = re.compile(
    r"\b(?:suspended|sacked|excluded|expelled|charged|bailed|remanded|froze|frozen|refunded|"
    r"cancelled|gave evidence|chang(?:ed|ing) (?:the |my |our )?locks|"
    r"seized|replaced|repaired|fixed|discharged|sectioned|admitted|pleaded|operated|"
    r"granted|issued|ran out|expired|let out|visits|visiting|stays|staying with)\b"
)
# Since that day somebody is in hospital, or nobody has answered.
_AHEAD = re.compile(r"\b(?:is|am|are) to [a-z]+\b|\b(?:expecting|starting|meets?)\b")
_STAYS = re.compile(
    r"\b(?:is|am|are|been) (?:still )?(?:in|at|here|there) [^,.;!?\n]*$"
    r"|\b(?:i am|is|been) an? [^,.;!?\n]*$|\b(?:stood|known|lived|worked|owned) [^,.;!?\n]*$"
    r"|\b(?:have|has|had|having|run|runs|ran|running|own|owns|owning|keep|kept|keeping|manag\w+) "
    r"(?:the|a|an|my|our|this|one|two|his|her) (?:\w+ ){0,2}(?:shop|store|newsagents?|business|"
    r"pub|cafe|salon|garage|farm|restaurant|takeaway|stall|house|home|flat|bungalow|place|dog|cat|car|"
    r"van|bike|horse)\b[^,.;!?\n]*$"
    r"|\b(?:nothing|silence|no (?:word|news|reply|contact|update))(?: at all| back| yet)? $"
)
# What cannot be done since Friday comes of what happened on Friday.
_NOT_ABLE = re.compile(r"\b(?:not|never|hardly|barely|cannot|unable)\b")
_IS_ON = re.compile(r"\b(?:is|are) on (?:the )?$")  # `the hearing is on Monday` lies ahead
_YEAR_TOLD = re.compile(r"\b(?:19|20)\d\d|\blast\b|\bago\b|\byear\b|/\d\d$|'\d\d$")
_PAST = re.compile(r"\b(?:was|were|had|did|went|came|put|got|said|made|kept|left|[a-z]{3,}ed)\b")
_TO_COME = timedelta(305)
_NOTICED = re.compile(
    r"\b(?:notic\w+|reali[sz]\w+|discover\w*|spotted|found out|(?:only|just) found|"
    r"(?:came|come) to light|last saw|last seen|last used|parked|left it)\b"
)


def is_counted(text: str, time: Named, clause: str) -> bool:
    """`Three this week`: how often, not when. From a day to now tells both."""
    if time.ongoing:
        return False
    before = text[max(0, time.start - 24) : time.start]
    if _COUNTED.search(before) and not _LAST_WEEK.match(text, time.start):
        in_month = text[time.start : time.end].endswith(("this month", "this week"))
        return not (in_month and _TIMES_IN_MONTH.search(before))
    if not _THIS_UNIT.search(text[time.start : time.end]):
        return False
    return bool(_NUMBER_BEFORE.search(before) or _ONE_OF_MANY.search(clause))


def is_excluded(text: str, time: Named, today: date) -> bool:
    """The words right before it say that this is not the day: `not on Friday`, `by Friday`."""
    before = text[max(0, time.start - 32) : time.start]
    if text.startswith("for ", time.start):
        before += "for "
    if time.kind == "named" and before.endswith("for "):
        return True  # `having the children for Christmas`: a plan, or a gift
    if _NOT_IT.search(before) or _PLANNED.search(before) or _OF_A_NUMBER.search(before):
        return True
    if time.kind == "named" and _AS_IF.search(before):
        return True
    if _UNTOLD_UNTIL.search(text, 0, time.start):
        return True
    return time.first == time.last == today and bool(_UNTIL.search(before))


def is_of_another_thing(text: str, time: Named, clause: str) -> bool:
    """For a clause that names no deed: a day of its consequences, or of a stay somewhere."""
    if _AFTERMATH.search(clause) or _AHEAD.search(clause):
        return True
    if not time.ongoing:
        until = _UNTIL.search(text, max(0, time.start - 16), time.start)
        return bool(until or _IS_ON.search(text, max(0, time.start - 16), time.start + 3))
    if time.kind == "relative" and _NOT_ABLE.search(clause):
        return True
    return bool(_STAYS.search(text, 0, time.start))


def is_to_come(text: str, time: Named, told: str, today: date) -> bool:
    """Told in November without a year, 20 December is likelier the next than the last.

    ``told`` are the words about it; of what is past they speak so.
    """
    if _PAST.search(told):
        return False
    yearly = time.kind in ("exact", "named", "month") and not time.ongoing
    year = _YEAR_TOLD.search(text[time.start : time.end])
    return yearly and not year and _TO_COME <= today - time.first < timedelta(366)


def is_noticed(clause: str) -> bool:
    """Whether the day is that of seeing it, which counts where no other is told."""
    return bool(_NOTICED.search(clause))

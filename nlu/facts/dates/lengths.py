"""Does a length of time tell since when it goes on? The words around it decide."""

from __future__ import annotations

import re

from nlu.facts.dates.clauses import rest_of_sentence, start_of_clause
from nlu.facts.dates.phrases import Named

_BY_POLICE = re.compile(r"\b(?:police|officers?|court|cps|coroner|hospital)\b")
GOES_ON = re.compile(
    r"\b(?:going on|happening|been (?!able|friend|off|here|there|to|with|at|"
    r"in|on|a|married|together|waiting|living|working|trying|scared|"
    r"feeling|told|asked|diagnosed|divorced|separated|reported)\w+|"
    r"put up with|putting up|suffer\w*|"
    r"abus\w*|harass\w*|stalk\w*|keeps?|on and off|every|hit\w*|beat\w*|"
    r"control\w*|bull(?:y|ied|ying)|follow\w*|threat\w*|lasted|goes on|"
    r"gone on|went on|continu\w+|had (?:this|it|trouble|problems)|hell|"
    r"tormented|targeted|noise|trouble|rows?|does it|doing (?:it|this)|"
    r"(?:send|text|messag|ring|phon|call|shout|bang|throw|watch|wait|"
    r"turn|steal|play|park|mak)ing)\b"
)
# What is counted by itself as going on: `three years of this`, `since five months`.
_OF_THIS = re.compile(r"\bof (?:this|it|hell|abuse|him|her|them|noise)$|^since\b")
# `Three years now.` and `It has been a year.`: a sentence that says only how long.
_BARE = re.compile(r"\W*(?:(?:and|so|well|about|nearly|over|all|in all|been)\b\W*)*")
_LASTING = re.compile(
    r"\b(?:been going on|gone on)(?: for)?\b|\bnow$|^\W*(?:it|this|that) (?:is|has) been\b"
)
_WAITING = re.compile(
    r"\b(?:still|hear[ds]?|nothing|waiting|waited|news|police|officers?|reported|married|"
    r"together|clean|sober|better|over it|moved|left|died|lost|since)\b"
)
# Of what happens once, `it has been a year` counts from it and says not that it goes on.
_ONCE = re.compile(
    r"\b(?:kill\w*|murder\w*|died|death|stabb\w*|shot|rape[ds]?|crash\w*|collision|lorry|hit by|"
    r"run over|knocked down|mugg\w*|robb\w*|burgl\w*)\b"
)


_IT_GOES_ON = re.compile(r"\b(?:been|is|was) (?:still )?going on\b")


def goes_on(text: str, time: Named, clause: str) -> bool:
    """Whether the words of a length of time, or those around it, say that it went on."""
    said = text[start_of_clause(text, time) : time.end]
    return bool(GOES_ON.search(clause) or _IT_GOES_ON.search(said))


def is_of_other_things(text: str, time: Named, clause: str) -> bool:
    """Whether a length of time is not that of what happened: `waiting for three weeks`."""
    if time.kind != "for":
        return False
    if _BY_POLICE.search(clause):
        return True
    said = text[time.start : time.end]
    on = time.ongoing or goes_on(text, time, clause) or _OF_THIS.search(said)
    return not on and not stands_alone(text, time, clause)


def stands_alone(text: str, time: Named, clause: str) -> bool:
    """A length of time that is a sentence of its own: `three years now`, `it has been a year`."""
    if time.kind != "for" or not _BARE.fullmatch(clause):
        return False
    if _ONCE.search(text) or not _LASTING.search(text[start_of_clause(text, time) : time.end]):
        return False
    begin = max(text.rfind(mark, 0, time.start) for mark in "!?\n")
    before = text[begin + 1 : time.start].split(". ")[-2:]
    return not any(map(_WAITING.search, (*before, rest_of_sentence(text, time))))

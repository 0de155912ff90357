"""The clause and the sentence around a time."""

from __future__ import annotations

import re

from nlu.facts.dates.phrases import Named

_BREAK = re.compile(
    r"[,.!?;:\n()\"]| - | (?:and|but|then|so|because|when|while|where|"
    r"who|which|what|that|how|after(?! \d)|before(?! \d)|although|until|"
    r"though|or)(?= )"
    r"| (?=(?:it|this) (?:happened|was|started|began|is|has|all))| (?=(?:police|"
    r"i) (?:came|reported|told|called|rang|phoned))"
)
_SHIFT = re.compile(r" (?:(?:night|day|late|early|morning|evening) )?shift\b")
# `Since the meeting on the 6th`: what it dates from is not what goes on.
_SINCE_WHAT = re.compile(r"\bsince (?:(?!that\b|then\b)\w+ ){1,5}$")
_ONLY_ON = re.compile(r"\W*(?:(?:on|in|during|my|the)\b\W*)*")


def clause_of(text: str, time: Named) -> str:
    """The clause around a time, the time itself blotted out."""
    start, until = start_of_clause(text, time), time.end
    if (shift := _SHIFT.match(text, until)) and _ONLY_ON.fullmatch(text, start, time.start):
        until = shift.end()  # `Sunday night shift`: the night, not the work
    after = _BREAK.search(text, until)
    end = after.start() if after else len(text)
    before = text[start : time.start]
    if time.ongoing:
        before = _SINCE_WHAT.sub(lambda found: " " * len(found.group()), before)
    return before + " " * (until - time.start) + text[until:end]


def start_of_clause(text: str, time: Named) -> int:
    """Where the clause of a time begins."""
    start = 0
    for found in _BREAK.finditer(text, 0, time.start):
        start = found.end()
    return start


def opens_sentence(text: str, time: Named) -> bool:
    """Whether the sentence begins with the time."""
    begin = max(text.rfind(mark, 0, time.start) for mark in ".!?\n") + 1
    return bool(_ONLY_ON.fullmatch(text, begin, time.start))


def rest_of_sentence(text: str, time: Named) -> str:
    """What follows the time in its sentence."""
    return re.split(r"[.!?\n]", text[time.end :], maxsplit=1)[0]

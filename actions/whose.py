"""Whose illness or fear it is that is told: the writer's own, or somebody else's."""

import re
from dataclasses import replace

from actions.denials import SENTENCE
from actions.meant import VULNERABLE
from actions.reading import Turn
from knowledge.assessment.model import Fact, Record

OF_ONESELF = (None, "victim")  # roles of whoever writes of themselves
# Roles of whoever is asked whether it is safe for somebody else, and for themselves.
FOR_ANOTHER = ("parent_guardian", "spokesperson", "other")
# Who else has it, in words that name nobody as oneself.
_ONESELF = re.compile(r"\b(?:i|i'?m|me|myself|we)\b", re.IGNORECASE)
_SOMEBODY_ELSE = re.compile(
    r"\b(?:he|she|they|her|his|him)\b|\b(?:my|our) (?:\w+ )?(?:wife|husband|partner|mum|mother|dad"
    r"|father|nan|gran\w*|son|daughter|boy|girl|kids?|child|children|sister|brother|friend|mate"
    r"|neighbour|client|uncle|aunt\w*)\b|\bwho (?:has|is)\b",
    re.IGNORECASE,
)


def only_their_own(told: list[Fact], turn: Turn, record: Record) -> list[Fact]:
    """Without what a victim tells of somebody else: `my wife has dementia`.

    Nor does `I'm safe`, with which an alarm is taken back, say it of whoever it was about.
    """
    if turn.intent == "false_alarm" and record["role"] in FOR_ANOTHER:
        return [fact for fact in told if fact.name != "safe_now"]
    if turn.choice is not None or record["role"] not in OF_ONESELF:
        return told
    said = SENTENCE.findall(turn.text.replace("\u2019", "'"))
    kept = []
    for fact in told:
        if fact.name == "vulnerability" and fact.value:
            left = [one for one in fact.value if not _is_anothers(one, said)]
            if not left:
                continue
            fact = replace(fact, value=left)
        kept.append(fact)
    return kept


def _is_anothers(ticked: str, said: list[str]) -> bool:
    cue = VULNERABLE.get(ticked)
    told = [one for one in said if cue and cue.search(one.lower())]
    return bool(told) and all(
        _SOMEBODY_ELSE.search(one) and not _ONESELF.search(one) for one in told
    )

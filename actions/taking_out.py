"""What stands in the record and is said not to be so: it is taken out again."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from actions.agreeing import says_yes
from actions.answering import TAKES_BACK
from actions.denials import (
    ALL_RIGHT,
    ANOTHERS,
    CRIMES,
    DENIED,
    NEEDS,
    NO_EFFECT,
    NO_EFFECT_ON,
    NOT_THEIR_WORD,
    REMOVED,
    SENTENCE,
    TICKED,
)
from actions.meant import LONGEST
from actions.names import Slot
from actions.reading import Turn
from actions.whose import OF_ONESELF
from actions.wording import Wording
from knowledge.assessment.model import Fact, Record

AT_THE_END = (Slot.CONFIRM_SUMMARY, Slot.WHICH, Slot.CONSENT)


Found = dict[str, str]  # what is taken out, with the sentence that says so


@dataclass(frozen=True)
class TakenOut:
    """The values that a message takes out of the record, by field."""

    crimes: Found
    needs: Found
    vulnerability: Found


NOTHING = TakenOut({}, {}, {})


def taken_out(turn: Turn, record: Record) -> TakenOut:
    """What of the record a message says not to be so.

    Where the summary is read back, or something is put right, a denial is enough; elsewhere only
    plain words that it was never said, for a story is full of what did not happen.
    """
    at_the_end = turn.asked in AT_THE_END
    asks = turn.intent.startswith("ask_") and not at_the_end
    if turn.choice is not None or turn.disposition != "none" or asks:
        return NOTHING
    puts_right = at_the_end or turn.intent == "correct"
    firm = puts_right or bool(TAKES_BACK.match(turn.text))
    effects = [REMOVED, *([ALL_RIGHT] if firm or turn.asked is Slot.NEEDS else [])]
    ways = [REMOVED, *([DENIED] if firm else [])]
    own = [*ways, *([ANOTHERS] if firm and record["role"] in OF_ONESELF else [])]
    said = [one.strip() for one in SENTENCE.findall(turn.text.replace("\u2019", "'"))]
    needs = _said_out(NEEDS, effects, said)
    return TakenOut(
        _said_out(CRIMES, ways, said),
        {**needs, **(_no_effect(said) if firm else {})},
        _said_out(TICKED, own, said),
    )


def without(told: list[Fact], out: TakenOut, text: str) -> list[Fact]:
    """The facts of a message but for what the same message takes out.

    `Home is ok` is no yes, however much it sounds like one.
    """
    no_yes = out != NOTHING and not says_yes(text)
    kept = []
    for fact in told:
        if no_yes and fact.name == "consent" and fact.value:
            continue
        if fact.name == "crime_type" and fact.value in out.crimes:
            continue
        if fact.name in ("also", "vulnerability"):
            gone = out.crimes if fact.name == "also" else out.vulnerability
            left = [one for one in fact.value if one not in gone]
            if not left and fact.value:
                continue
            fact = replace(fact, value=left)
        if fact.name == "needs":
            fact = replace(fact, value={n: v for n, v in fact.value.items() if n not in out.needs})
            if not fact.value:
                continue
        kept.append(fact)
    return kept


def removals(out: TakenOut, told: list[Fact], record: Record, message: str) -> list[Fact]:
    """The facts that take out what stands in the record; ``told`` is what else is told."""
    return [
        Fact(name=name, value=value, message=message, as_said=as_said, afresh=True)
        for name, value, as_said in (
            *_crimes(out.crimes, told, record),
            *_needs(out.needs, told, record),
            *_ticked(out.vulnerability, told, record),
        )
    ]


def gone(out: TakenOut, before: Record, after: Record, wording: Wording) -> tuple[str, ...]:
    """What was taken out of the record, in the words of the summary."""
    stays = {after["crime_type"], *after["also"]}
    had = {before["crime_type"], *before["also"]}
    ticked = {*(before["vulnerability"] or ())} - {*(after["vulnerability"] or ())}
    return (
        *(wording.of("what", one) for one in out.crimes if one in had - stays),
        *(wording.of("needs", one) for one in out.needs if _no_longer(one, before, after)),
        *(wording.of("vulnerability", one) for one in out.vulnerability if one in ticked),
    )


def _no_longer(need: str, before: Record, after: Record) -> bool:
    return bool(before["needs"][need]) and not after["needs"][need]


def _crimes(out: Found, told: list[Fact], record: Record) -> Iterator[tuple[str, Any, str]]:
    """Without the first crime, the next one that was told is what the record is about."""
    held = [one for one in (record["crime_type"], *record["also"]) if one]
    gone = [one for one in held if one in out]
    if not gone:
        return
    left = [one for one in held if one not in out]
    if record["crime_type"] in out and not any(fact.name == "crime_type" for fact in told):
        yield "crime_type", left[0] if left else None, _as_said(out, gone)
        left = left[1:]
    also = [one for one in left if one != record["crime_type"]]
    yield "also", [*also, *_values(told, "also")], _as_said(out, gone)


def _needs(out: Found, told: list[Fact], record: Record) -> Iterator[tuple[str, Any, str]]:
    gone = [need for need in out if record["needs"][need]]
    if gone:
        known = {need: level for need, level in record["needs"].items() if level is not None}
        new = [fact.value for fact in told if fact.name == "needs"]
        for one in new:
            known |= {need: level for need, level in one.items() if level}
        yield "needs", known | dict.fromkeys(gone, 0), _as_said(out, gone)


def _ticked(out: Found, told: list[Fact], record: Record) -> Iterator[tuple[str, Any, str]]:
    held = record["vulnerability"] or []
    gone = [one for one in held if one in out]
    if gone:
        left = [one for one in held if one not in out]
        yield "vulnerability", [*left, *_values(told, "vulnerability")], _as_said(out, gone)


def _as_said(out: Found, values: list[str]) -> str:
    return " ".join(dict.fromkeys(out[one] for one in values))[:LONGEST]


def _values(told: list[Fact], name: str) -> list[str]:
    return [one for fact in told if fact.name == name for one in fact.value]


def _said_out(table: Mapping[str, str], ways: list[str], said: list[str]) -> Found:
    found: Found = {}
    for sentence in said:
        theirs = {way: way != DENIED or not NOT_THEIR_WORD.search(sentence) for way in ways}
        for value, words in table.items():
            if any(_pattern(way, words).search(sentence) for way in ways if theirs[way]):
                found.setdefault(value, sentence)
    return found


@cache
def _pattern(way: str, words: str) -> re.Pattern[str]:
    return re.compile(way.replace("<it>", rf"\b(?:{words})\b"), re.IGNORECASE)


def _no_effect(said: list[str]) -> Found:
    hits = [(sentence, NO_EFFECT.search(sentence)) for sentence in said]
    return {
        NO_EFFECT_ON.get((hit["it"] or hit["used"]).lower(), "outlook_attitudes"): sentence
        for sentence, hit in hits
        if hit
    }

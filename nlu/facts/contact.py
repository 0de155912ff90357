"""How to get in touch: the channel, when it is safe, what to avoid, language and adjustments."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nlu.facts import (
    contact_care,
    contact_language,
    contact_seen,
    contact_story,
    contact_times,
    contact_ways,
)
from nlu.facts.contact_care import NOW_AND_THEN, Care
from nlu.facts.contact_seen import WAY, Warned
from nlu.facts.contact_ways import BY_NUMBER, HAPPENED
from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import Hit, rulebook

NAME = "contact"
Span = tuple[int, int]
RINGS = frozenset({"phone", "text"})  # ways for which hours say when they are safe
LONGEST = 160  # characters of a person's own words
LIMIT = 300  # the same where they limit: to cut them may lose the limit
# `Email or text, email probably`: of two channels, the one that is liked better.
_PREFERRED = re.compile(
    r" (?:me |is |would be |will be )?(?:probably|preferably|preferred|for preference|first|"
    r"if possible|best|better|ideally|easiest|rather)\b"
    r"| (?:would |will )?(?:suits?|works?|does|do)(?: me| us| best| fine| well| nicely)*\b"
)
_AT_A_PUSH = re.compile(
    r"^[^.!?]{0,12}\b(?:if (?:you must|need be|needs be|you have to|necessary|i have to|all else)|"
    r"at a (?:push|pinch)|as a last resort)\b"
)
_FINE = re.compile(
    rf"\b(?P<way>{WAY}|(?:ring|call|text)ing(?: me)?)(?: me)? (?:is|are|would be|will be|s)? ?"
    r"(?:fine|ok|okay|safe|good|all right|alright|no problem|best)\b"
)
_OPENS = re.compile(
    r"\W*(?:yes |just |please |by |on |the |my |a )*(?:phone|mobile|telephone|texts?|e-?mail|"
    r"letter|post|ring|call)\b"
)
_SUITS = re.compile(r"\b(?:ok|okay|fine|please|best|better|good|safe|easiest|suits|works)\b")
# Times that say when to get in touch, not when it happened.
_WHEN_SAFE = re.compile(
    r"\bany ?time\b|\b(?:safe|ring|call|text|phone|reach|contact|write|evenings|mornings|"
    r"afternoons|weekdays|weekends)\b"
)
# `Text is best. I looked, it was Thursday not Friday` puts right when it happened.
_IT_WAS = re.compile(r"\b(?:it|that|this|which) was\b[^.!?,;\n]*")
# Where the summary shows how to get in touch, a few words about a channel put it right; words
# about what happened do not: `they took my phone, not my bag`.
SHOWN_AT = frozenset({"confirm_summary", "consent"})
CORRECTION = 16  # words
# Odds from which on a way is wanted. Cross-validated on nlu/examples/contact.jsonl (written to be
# hard), 0.90 of the ways were found and 0.12 wrong; by rules alone 0.73 and 0.25. What rules make
# of the words holds where no way is so likely (`email or text`), unless it is below the second.
WANTED, UNWANTED = 0.4, 0.2
WayOdds = Callable[[Plain], Sequence[tuple[str, float]]]


@dataclass(frozen=True)
class _Heard:
    """What limits, warns and is likely wanted; ``seldom`` are warnings that only limit."""

    warned: Warned
    care: Care
    seldom: tuple[Span, ...] = ()
    odds: tuple[tuple[str, float], ...] = ()  # of the ways that are named, the likeliest first


def read(plain: Plain, question: str | None, odds: WayOdds | None = None) -> Fact | None:
    """The parts of `contact` that a message tells, as a dict; None when it tells none.

    ``odds`` is what a classifier thinks of the ways that are named (nlu/ways.py): it decides
    which of them an answer wants.
    """
    shown = question in SHOWN_AT
    if _opens_with_a_way(plain) or (shown and _puts_right(plain)):
        question = NAME
    heard = _heard(plain, shown=shown, asked=question == NAME)
    heard = replace(heard, odds=tuple(odds(plain)) if question == NAME and odds else ())
    told, spans = _parts(plain, question, heard, asked=question == NAME)
    asked = question == NAME or bool(told)
    if told.keys() - {"adjustments"} and question != NAME:
        # who says what to avoid goes on to say what is wanted; not so who says who reads along
        wishes = bool(told.keys() - {"adjustments", "safe_to_leave_message"})
        seen = replace(heard, warned=contact_seen.read(plain.text))
        told, spans = _parts(plain, question, seen, asked=wishes)
    if question != NAME and (story := contact_story.read(plain.text)):
        _warn(plain, story, told)  # it is kept; it wishes for nothing
        spans += story.words
    hours = _when(plain, heard, spans, told, asked=question == NAME)
    spans += hours
    if found := contact_language.read(plain, asked=asked):
        told["language"] = found[0]
        spans.append(found[1])
    if question == NAME or told.keys() - {"adjustments", "language"}:
        spans += _limits(plain, heard, hours, told, asked=question == NAME)
    if not told:
        return None
    return Fact(NAME, told, _said(plain, spans))


def _said(plain: Plain, spans: Sequence[Span]) -> str:
    """The words from the first to the last of the places; all where it is heard and not found."""
    start, end = min(spans, default=(0, 0))[0], max((end for _, end in spans), default=None)
    return plain.said(start, len(plain.text) if end is None else end)[:LONGEST]


def _heard(plain: Plain, *, shown: bool, asked: bool) -> _Heard:
    """A warning that goes on to say how to use the way all the same rules no way out; nor does
    one of now and then, where the way is called fine, or hours are told for it.
    """
    warned = contact_seen.read(plain.text) if asked else Warned()
    care = contact_care.read(plain.text, warned.words, shown=shown)
    if not warned.words:
        return _Heard(warned, care)
    fine = [found.span("way") for found in _FINE.finditer(plain.text)]
    only_named = Warned(spans=tuple(one for one in warned.spans if one not in fine))
    if all(care.follows(plain.text, one) for one in warned.words):
        return _Heard(only_named, care)
    seldom = all(NOW_AND_THEN.search(plain.text, *plain.sentence(*one)) for one in warned.words)
    if seldom and (_called_fine(plain, warned) or _hours_for(plain, warned)):
        return _Heard(only_named, care, warned.words)
    return _Heard(warned, care)


def _called_fine(plain: Plain, warned: Warned) -> bool:
    """Whether every way of the warning is called fine in so many words: `text is fine`."""
    fine = {
        name
        for found in _FINE.finditer(plain.text)
        for name in contact_seen.ways_in(plain.text, *found.span("way"))
    }
    return bool(fine) and warned.ways - {contact_seen.THIS_WAY} <= fine


def _hours_for(plain: Plain, warned: Warned) -> bool:
    """Whether hours are told, and the only way there is is the one that the warning is about."""
    told, _ = _parts(plain, NAME, _Heard(Warned(spans=warned.spans), Care()), asked=True)
    hours = contact_times.span(plain.blotted(warned.words).text)
    named = "how" in told and BY_NUMBER not in told
    return bool(hours) and not named and warned.ways <= RINGS


def _limits(
    plain: Plain, heard: _Heard, hours: list[Span], told: dict[str, Any], *, asked: bool
) -> list[Span]:
    """The careful limits, put into ``told``; where they stand."""
    spans = list(heard.care.spans)
    if not asked:  # what was said or done then limits nothing now
        spans = [one for one in spans if not HAPPENED.search(plain.text, *one)]
    elif not hours:
        spans += _times_not_safe(plain, heard, spans)
    said = [contact_times.without_how(plain.said(*one))[:LIMIT] for one in spans]
    if kept := [one for one in said if one]:
        told["care"] = kept
    return spans


def _times_not_safe(plain: Plain, heard: _Heard, but: list[Span]) -> list[Span]:
    """Where it is limited without hours when a way is safe, outside what is held already."""
    seldom = [contact_care.clause(plain.text, *one) for one in heard.seldom]
    limits = [*seldom, *contact_care.never_when(plain.text)]
    return [one for one in limits if not any(a < one[1] and one[0] < b for a, b in but)]


def _when(
    plain: Plain, heard: _Heard, spans: list[Span], told: dict[str, Any], *, asked: bool
) -> list[Span]:
    """The hours with what limits them, put into ``told``; where they stand."""
    warned = heard.warned
    cares = (contact_care.with_link(plain.text, one) for one in heard.care.spans)
    limits = plain.blotted([*cares, *(past.span() for past in _IT_WAS.finditer(plain.text))])
    timed = "how" in told or (asked and not (warned.ways or warned.doubtful))
    hours = _hours(limits, spans, warned, asked=asked) if timed else None
    if hours is None:
        return []
    beside = _times_not_safe(plain, heard, [hours, *heard.care.spans]) if asked else []
    said = [contact_times.without_how(plain.said(*one)) for one in (hours, *beside)]
    told["safe_times"] = "; ".join(said)[:LIMIT]
    return [hours, *beside]


def _parts(
    plain: Plain, question: str | None, heard: _Heard, *, asked: bool
) -> tuple[dict[str, Any], list[Span]]:
    """What is wished for and what is warned of; a way is never wished for by a warning of it."""
    warned = heard.warned
    wishes = plain.blotted((*warned.spans, *heard.care.hidden))

    def liked(hit: Hit) -> int:
        return 3 if hit.group.name.partition(".")[2] in warned.ways else _less_liked(wishes, hit)

    told: dict[str, Any] = {}
    hits = sorted(rulebook(NAME).hits(wishes, question), key=liked)
    spans = [span for hit in hits if (span := _part(wishes, hit, asked, told))]
    _decide(heard.odds, told)
    if warned:
        _warn(plain, warned, told)
        spans += [plain.sentence(*words) for words in warned.words]
    return told, spans


def _decide(odds: Sequence[tuple[str, float]], told: dict[str, Any]) -> None:
    """Put the way that is likeliest wanted into ``told``; none where none is."""
    wanted = [how for how, sure in odds if sure >= WANTED and how not in told.get("avoid", ())]
    how = told.get("how", "")
    if wanted and wanted[0] != how:
        told["how"] = wanted[0]
        told.pop(BY_NUMBER, None)
    unlikely = dict(odds).get(how, 0.0) < UNWANTED
    if odds and not wanted and unlikely and BY_NUMBER not in told:
        told.pop("how", None)


def _warn(plain: Plain, warned: Warned, told: dict[str, Any]) -> None:
    """Nothing goes by a way that others see; but at hours that were told it may ring."""
    how = told.get("how")
    at_hours = how in RINGS and contact_times.span(plain.text) is not None
    if how in warned.ways and not at_hours:
        how = told.pop("how")
        told["avoid"] = [*told.get("avoid", ()), how]
    unsafe = (warned.ways | warned.doubtful) - {told.get("how")}
    told["avoid"] = list(dict.fromkeys([*told.get("avoid", ()), *sorted(unsafe)]))
    if (warned.ways | warned.doubtful) & RINGS:
        told["safe_to_leave_message"] = False


def _hours(plain: Plain, spans: list[Span], warned: Warned, *, asked: bool) -> Span | None:
    """The hours of a wish: told unasked they stand beside it, else they are when it happened.

    `Everyone at work sees my emails` tells no hours.
    """
    if contact_times.span(plain.blotted(warned.words).text) is None:
        return None
    if asked:
        return contact_times.span(plain.text, whole=True)
    beside = (contact_times.span(plain.text, *plain.sentence(*span)) for span in spans)
    return next((found for found in beside if found), None)


def _less_liked(plain: Plain, hit: Hit) -> int:
    """0 for a channel that some word prefers, 1 without such a word, 2 when only at a push."""
    ends = [found.end() for found in hit.group.finditer(plain.text)]
    if any(_PREFERRED.match(plain.text, end) for end in ends):
        return 0
    return 2 if any(_AT_A_PUSH.match(plain.text[end:]) for end in ends) else 1


def _opens_with_a_way(plain: Plain) -> bool:
    """Whether it answers how to get in touch, though that is not asked: `phone, evening is ok`.

    `My phone, in the evening` may be what was taken.
    """
    short = len(plain.text.split()) <= CORRECTION
    if not (short and _OPENS.match(plain.text)) or HAPPENED.search(plain.text):
        return False
    at_hours = contact_times.span(plain.text) and _SUITS.search(plain.text)
    return bool(at_hours or contact_care.read(plain.text))


def _puts_right(plain: Plain) -> bool:
    """Whether an answer to the summary is about how to get in touch."""
    short = len(plain.text.split()) <= CORRECTION
    if not short or HAPPENED.search(plain.text):
        return False
    named = _WHEN_SAFE.search(plain.text) or contact_seen.read(plain.text).spans
    limits = contact_care.read(plain.text, shown=True)
    return bool(named or limits) or any(True for _ in rulebook(NAME).hits(plain, NAME))


def _part(plain: Plain, hit: Hit, asked: bool, told: dict[str, Any]) -> Span | None:
    part, _, value = hit.group.name.partition(".")
    if part == "channel":
        return contact_ways.read(plain, hit, value, asked, told)
    if part == "avoid":
        told.setdefault("avoid", []).append(value)
    elif part == "adjust":
        told.setdefault("adjustments", []).append(value)
    elif value == "no" or "safe_to_leave_message" not in told:
        told["safe_to_leave_message"] = value == "yes"
    return hit.start, hit.end

"""Careful limits: how a way may be used, in the person's own words.

`Don't put anything about trans in it`, `call me Jay`, `let it ring a long time`: no field holds
these, and a co-ordinator must see them before they use the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlu.facts.contact_seen import WAY
from nlu.facts.rulebook import rulebook

Span = tuple[int, int]

NAME = "contact_care"
_KIN = (
    r"(?:my (?:\w+ )?\w+|he|she|they|him|her|them|mum|dad|some ?(?:one|body)(?: else)?|"
    r"any ?(?:one|body)(?: else)?|whoever|the (?:kids|family|neighbours?)|a (?:man|woman|child))"
)
# To whom nothing is to be told is whether it may be passed on.
_NOBODY = r"(?:any ?one|any ?body|people|(?:the )?police|every ?one|every ?body|me\b|lies)"
# Groups in whose words no way is named that is wished for.
_HIDES = frozenset({"care.say", "care.pretext", "care.name", "care.who"})
# What somebody says of themselves, or tells of others: `I don't say much`, `they say it was him`.
_TELLS = re.compile(
    r"\b(?:i|we|he|she|they|it|who|people|police|did|does|"
    r"(?<!you )(?:to|would|could|can|must|will|should|might)) $"
)
_OF_US = frozenset({"care.say", "care.pretext"})
_TO_NOBODY = re.compile(rf"\b(?:tell|telling|say|mention it to)(?: to)? {_NOBODY}")
_START = re.compile(
    r"[,.!?;:\n…]+ *| (?:(?:but|and|so|just|because|cos|as|only) )+(?!my\b|he\b|she\b|they\b)|"
    r" but "
)
_STOP = re.compile(r"[.!?;\n…]+(?:\s|$)")
# Where a new wish begins within the same sentence: `don't mention it to mum and text me after 6`.
_NEW_WISH = re.compile(
    r"(?:,| and| but|,? so) +(?=(?:please |just |you can |also |can you )*(?:text|ring|call(?! me "
    r"[a-z]+$)|phone|e-?mail|write|send|any ?time|after|before|between|mornings?|afternoons?|"
    r"evenings?|weekdays?|weekends?|(?:not|never) (?:after|before|on|at|in|by)|(?:by|a) (?:phone|"
    r"text|letter|e-?mail|post))\b)"
)
# Others see it now and then: it is a limit where the way is called fine, or hours are told for it.
NOW_AND_THEN = re.compile(
    r"\b(?:sometimes|some ?times|occasional\w*|now and (?:then|again)|at times|once in a while|"
    r"might|may|could|not often|rarely|hardly ever)\b"
)


# A limit without hours: `never when my dad is in`.
_NEVER_WHEN = re.compile(
    rf"\b(?:not|never|only|except|unless|avoid\w*) (?:(?:ring|call|text|phone|contact|message|"
    rf"e-?mail|ringing|calling|me|us|to|ever|please) ){{0,3}}(?:when|whenever|while|if|once|"
    rf"as long as|in front of|around|near|(?=(?:{_KIN}) (?:is|are|has|have)\b))\b"
)
_AND = re.compile(r"(?:(?:and|but|so|also) )+")
# What may stand between a warning and the limit that it is the reason for; no other wish.
_BETWEEN = re.compile(rf"(?:(?!\b{WAY}|\bme\b)[\w', ]){{0,40}}")
_LINK = re.compile(
    r"(?:[,;:]? *\b(?:but|and|so|just|only|please|also|although|though|because))*[,;: ]*$"
)


@dataclass(frozen=True)
class Care:
    """Where the limits stand, and where words stand that name no way that is wished for."""

    spans: tuple[Span, ...] = ()
    hidden: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.spans)

    def follows(self, text: str, warning: Span) -> bool:
        """Whether a warning goes on to say how to use the way all the same: `so don't say …`."""
        return any(_is_reason(text, warning, start) for start, _ in self.hidden)


def read(text: str, warnings: Sequence[Span] = (), *, shown: bool = False) -> Care:
    """The careful limits that plain words tell.

    ``warnings`` are where it stands that others see a way: right before a limit they are the
    reason for it. ``shown``: the summary is read back, where `don't tell anyone` is about
    whether it is passed on.
    """
    spans: list[Span] = []
    hidden: list[Span] = []
    for name, start, end in _cues(text, shown=shown):
        first, last = clause(text, start, end)
        if name in _HIDES:
            hidden.append((start, end if name == "care.name" else last))
            reasons = [one for one in warnings if _is_reason(text, one, start)]
            first = min([first, *(one for one, _ in reasons)])
        spans.append((first, last))
    return Care(tuple(_joined(sorted(spans))), tuple(hidden))


def never_when(text: str) -> list[Span]:
    """Limits that name no hours."""
    return [clause(text, *one.span()) for one in _NEVER_WHEN.finditer(text)]


def clause(text: str, start: int, end: int) -> Span:
    """The clause around ``text[start:end]``, to where it ends or a new wish begins."""
    first = max((one.end() for one in _START.finditer(text, 0, start)), default=0)
    joined = _AND.match(text, first, start)
    first = joined.end() if joined else first
    ends = [one.start() for one in (_STOP.search(text, end), _NEW_WISH.search(text, end)) if one]
    return first, min(ends, default=len(text))


def with_link(text: str, span: Span) -> Span:
    """The same with the words that join it to what stands before: `any time, but …`."""
    link = _LINK.search(text[: span[0]])
    return (link.start() if link else span[0]), span[1]


def _is_reason(text: str, warning: Span, start: int) -> bool:
    return warning[1] <= start and bool(_BETWEEN.fullmatch(text, warning[1], start))


def _cues(text: str, *, shown: bool) -> Iterator[tuple[str, int, int]]:
    for group in rulebook(NAME).groups:
        for found in group.finditer(text):
            start, end = found.span()
            told = group.name in _OF_US and _TELLS.search(text[:start])
            if not told and not (shown and _TO_NOBODY.search(text[start : end + 20])):
                yield group.name, start, end


def _joined(spans: Sequence[Span]) -> Iterator[Span]:
    """Those that touch, as one."""
    at: Span | None = None
    for span in spans:
        if at and span[0] <= at[1]:
            at = at[0], max(at[1], span[1])
            continue
        if at:
            yield at
        at = span
    if at:
        yield at

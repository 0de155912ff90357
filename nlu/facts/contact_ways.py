"""Whether a way of getting in touch that is named is wanted, denied, or neither."""

from __future__ import annotations

import re
from typing import Any

from nlu.facts.plain import Plain
from nlu.facts.rulebook import Hit

Span = tuple[int, int]
BY_NUMBER = "by_number"  # a telephone number names the way: it fits a text as well as a call
_BREAK = re.compile(r"[,.!?;\n]| (?:(?<!anything )but|because|as|so|and then|instead(?! of)|if) ")
# `Nobody else has my phone`, `can you not do it here`, `email me rather than her` deny no channel.
_A_PERSON = (
    r"(?:her|him|them|mum|dad|my (?:\w+ )?(?:mum|dad|son|daughter|wife|husband|partner|\w+er))"
)
_NOT = re.compile(
    r"\b(?:not(?! know| sure| mind| bothered| fussed| just| only| you\b| a problem)|never|"
    r"no(?! (?:problem|worries|need|rush|fuss|bother)\b)|"
    r"(?:nobody|no one|none)(?! (?:else |but me |at home |here )?(?:has|have|is on|uses?|sees?|"
    r"looks?|reads?|checks?|answers?|opens?|sends?|listens?|touches|goes|knows|but)\b)|avoid|"
    r"without|"
    rf"(?:instead of|rather than)(?! {_A_PERSON}\b)|stop|anything but|except)\b(?!.*\bonly\b)"
)
# `On the phone I don't understand so quick`, `voice call no good`: denied after its name.
_NOT_AFTER = re.compile(
    r"^ (?:calls? )?(?:i (?:do not|can not|could not|never) (?:\w+ )?(?:understand|hear|like|use|"
    r"have|trust|want|cope|talk|speak|manage)|(?:is |are )?(?:no (?:good|use)|useless|impossible|"
    r"(?:too |very )?(?:hard|difficult))|(?:is |are )?not (?:good|safe|ok|possible|an option|for "
    r"me))\b"
)
# Who has the phone in their hands is no wish to be rung.
_HAD = re.compile(
    r"\b(?:has|have|got|uses?|sees?|looks? (?:at|through)|goes through|picks? up|checks?|touches|"
    r"borrows?|lost|broke) (?:my|the|our) (?:\w+ )?$"
)
_NOT_TOLD = re.compile(
    r"(?:^|\b(?:please|but|and|just|you|someone|anyone) )\W*(?:do not|dont|can not|could not|"
    r"never|not|no|avoid|without|rather not|anything but)(?: (?:be|the|my|by|on|any|via|to|over|"
    r"use|phone|voice|(?:get|let|have) (?:anyone|anybody|someone|them)|(?:contact|reach) me "
    r"(?:by|on)))* $"
)
_TEXTED_ON = re.compile(
    r"\b(?:texts?|texting|txt|sms|message|whatsapp)(?: me| us)? (?:on|to) (?:my|our|the|"
    r"this) (?:\w+ )?$"
)
_LEFT_ON = re.compile(r"\b(?:messages?|voice ?mails?|leave one) on (?:the|my|our) (?:\w+ )?$")
_WANTED = re.compile(
    r"\b(?:me|please|best|prefer\w*|only|just|by|via|rather|can|is (?:fine|"
    r"ok|good|safe|best|easiest)|fine|ok|better|on my|send)\b"
)
_ONLY_THEN_NOT = re.compile(
    r"^(?: me| us)? (?:before|after|between|until|till|during|in the|when)\b"
    r"|^(?: me| us)? (?:on (?=\w+day)|at (?=\d))"
)
_NO_FIRST = re.compile(r"\W*no+(?: no| sorry| please| actually)*\W*")  # `no, text me instead`
_INSTEAD = re.compile(r"^ (?:me|us|instead|would|is|not)\b")
_SORRY = re.compile(r"\b(?:sorry|actually|wait)\b")
# `Don't ring the house` is about the phone there.
_LANDLINE = re.compile(
    r"land|house phone|home|^ (?:me |us )?(?:(?:at|on|to) )?(?:the|my|our) (?:house|home|flat)\b"
)
_HOUSE = re.compile(r"\b(?:house|home|land) $")
_TO_ME = re.compile(
    r"^ (?:me|us|my (?:(?:work|mobile|home|other|new|daughter'?s?|son'?s?) )?(?:number|mobile))\b"
)
_ONLY = re.compile(r"^ (?:only|please)\b")
_OTHERS = re.compile(r"\b(?:he|she|they|to)\b")
# Unasked, only what asks for it is a wish: `by the underpass they made him hand over his phone`.
_ASKS = re.compile(
    r"\b(?:please|prefer\w*|best|(?:contact|reach|get) (?:me|us)|get (?:in touch|hold of|back to)|"
    r"write to me|speak to me)\b"
)
_TOLD_TO = re.compile(
    r"(?:^|\b(?:please|you|just|only|then|or|and|also|not|never|someone|somebody|better|rather|"
    r"best|do|could|can|always|first))\W*$"
)
_QUESTION = re.compile(r"\b(?:can|could|should|shall|may|do) i\b|\bwill (?:you|someone)\b|\bif\b")
HAPPENED = re.compile(
    r"\b(?:was|were|took|taken|stole|stolen|nicked|snatched|smashed|broke|hit|lost|happened|"
    r"(?:he|she|they|it|police|bank) (?:\w+ )?(?:rang|phoned|called|texted|emailed|sent|wrote)|"
    r"(?:rang|phoned|called|told) (?:the )?(?:police|bank|101|999)|received|got (?:a|an|some)|"
    r"hand(?:ed)? (?:it |them )?over|(?:made|making|forced|told|asked) (?:me|us|him|her|them)|"
    r"demand\w*|threaten\w*|wanted (?:my|his|her)|grabbed|"
    r"out of (?:my|his|her)|off (?:me|him|her|us))\b"
)


def read(plain: Plain, hit: Hit, value: str, asked: bool, told: dict[str, Any]) -> Span | None:
    """Put each mention of a channel into ``told``, as wanted or to be avoided; where it stands."""
    used: Span | None = None
    for found in hit.group.finditer(plain.text):
        before, after = _clause(plain.text, *found.span())
        if _is_no_channel(value, before, after):
            continue
        if _denied(before, after) and (asked or _forbids(before, after)):
            avoided = told.setdefault("avoid", [])
            other = value == "phone" and bool(_LANDLINE.search(after))
            if value not in avoided and not other:
                avoided.append(value)
            used = found.span()
        elif (
            value != "landline" and not _denied(before, after) and (asked or _wants(before, after))
        ):
            if "how" not in told and value == "phone" and hit.group.asked:
                told[BY_NUMBER] = True
            told.setdefault("how", value)
            used = found.span()
        elif value == "landline" and asked:
            told.setdefault("how", "phone")
            used = found.span()
    return used


def stands(plain: Plain, value: str, span: Span) -> str:
    """How a mention of a channel stands in its clause: `named`, `denied` or `no channel`."""
    before, after = _clause(plain.text, *span)
    if _is_no_channel(value, before, after):
        return "no channel"
    return "denied" if _denied(before, after) else "named"


def _is_no_channel(value: str, before: str, after: str) -> bool:
    """The house phone is the landline; a message may be left; an hour may be unsafe."""
    landline = value == "phone" and bool(_HOUSE.search(before))
    message = ("message" in after and "leave" in after) or bool(_LEFT_ON.search(before))
    had = value == "phone" and bool(_HAD.search(before) or _TEXTED_ON.search(before))
    return landline or message or had or bool(_NOT.search(before) and _ONLY_THEN_NOT.match(after))


def _denied(before: str, after: str) -> bool:
    """Whether the words before take the channel away; a mere `no, text me instead` does not."""
    turned_to = _NO_FIRST.fullmatch(before) and (_INSTEAD.match(after) or _SORRY.search(before))
    return bool(_NOT.search(before) or _NOT_AFTER.match(after)) and not turned_to


def _forbids(before: str, after: str) -> bool:
    """Whether it is put as a wish, unasked: `please don't ring me`, not `they did not ring me`."""
    told = _NOT_TOLD.search(before) or (_NOT_AFTER.match(after) and not before.strip())
    return bool(told) and not HAPPENED.search(before + after)


def _wants(before: str, after: str) -> bool:
    if _QUESTION.search(before) or HAPPENED.search(before + after):
        return False  # `they took my phone off me by the river` wishes for no call
    if _TO_ME.search(after) and _TOLD_TO.search(before) and not _OTHERS.search(before):
        return True
    around = before + after
    if _ONLY.match(after):
        return True
    return bool(_WANTED.search(around) and _ASKS.search(around))


def _clause(text: str, start: int, end: int) -> tuple[str, str]:
    first = 0
    for found in _BREAK.finditer(text, 0, start):
        first = found.end()
    after = _BREAK.search(text, end)
    return text[first:start], text[end : after.start() if after else len(text)]

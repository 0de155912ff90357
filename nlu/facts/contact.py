"""How to get in touch: the channel, when it is safe, what to avoid, language and adjustments."""

from __future__ import annotations

import re
from typing import Any

from nlu.facts import contact_seen, contact_story, contact_times
from nlu.facts.contact_seen import Warned
from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import Hit, rulebook

NAME = "contact"
Span = tuple[int, int]
RINGS = frozenset({"phone", "text"})  # ways for which hours say when they are safe
LONGEST = 160  # characters of a person's own words
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
_LANDLINE = re.compile(r"land|house phone|home")
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
# Times that say when to get in touch, not when it happened.
_WHEN_SAFE = re.compile(
    r"\bany ?time\b|\b(?:safe|ring|call|text|phone|reach|contact|write|evenings|mornings|"
    r"afternoons|weekdays|weekends)\b"
)
_CODES = {
    "polish": "pl", "romanian": "ro", "lithuanian": "lt", "portuguese": "pt", "bengali": "bn",
    "urdu": "ur", "punjabi": "pa", "panjabi": "pa", "italian": "it", "spanish": "es",
    "turkish": "tr", "bulgarian": "bg", "hungarian": "hu", "latvian": "lv", "russian": "ru",
    "ukrainian": "uk", "arabic": "ar", "chinese": "zh", "mandarin": "zh", "cantonese": "yue",
    "gujarati": "gu", "hindi": "hi", "french": "fr", "german": "de", "tamil": "ta", "farsi": "fa",
    "persian": "fa", "dari": "prs", "pashto": "ps", "kurdish": "ku", "somali": "so", "greek": "el",
    "slovak": "sk", "czech": "cs", "albanian": "sq", "vietnamese": "vi", "tigrinya": "ti",
    "amharic": "am", "welsh": "cy", "malayalam": "ml", "tetum": "tet",
}  # fmt: skip
_LANGUAGE = re.compile(
    rf"\b(?:speaks?|speaking|in|my language is|first language is|only|into|understand better in|"
    rf"better in|native|an?) (?:(?:only|a little|better|mostly|my) )?"
    rf"(?P<language>{'|'.join(_CODES)})\b(?! (?:man|men|woman|lad|guy|girl|shop|neighbours?|gang|"
    rf"people|bloke|boy|lady|builder|food|restaurant))"
    rf"|\b(?P<wanted>{'|'.join(_CODES)}) (?:please|speaker|interpreter|translator|language)\b"
)
_LANGUAGE_OF_ANOTHER = re.compile(
    r"\b(?:he|they|neighbours?|man|attackers?|lads?|men|shouting|shouted|said|swore|talking)\b"
)

# Where the summary shows how to get in touch, a few words about a channel put it right; words
# about what happened do not: `they took my phone, not my bag`.
SHOWN_AT = frozenset({"confirm_summary", "consent"})
CORRECTION = 16  # words
_HAPPENED = re.compile(
    r"\b(?:was|were|took|taken|stole|stolen|nicked|snatched|smashed|broke|hit|lost|happened|"
    r"(?:he|she|they|it|police|bank) (?:\w+ )?(?:rang|phoned|called|texted|emailed|sent|wrote)|"
    r"(?:rang|phoned|called|told) (?:the )?(?:police|bank|101|999)|received|got (?:a|an|some)|"
    r"hand(?:ed)? (?:it |them )?over|(?:made|making|forced|told|asked) (?:me|us|him|her|them)|"
    r"demand\w*|threaten\w*|wanted (?:my|his|her)|grabbed|"
    r"out of (?:my|his|her)|off (?:me|him|her|us))\b"
)


def read(plain: Plain, question: str | None) -> Fact | None:
    """The parts of `contact` that a message tells, as a dict; None when it tells none."""
    if question in SHOWN_AT and _puts_right(plain):
        question = NAME
    warned = contact_seen.read(plain.text) if question == NAME else Warned()
    told, spans = _parts(plain, question, warned, asked=question == NAME)
    asked = question == NAME or bool(told)
    if told.keys() - {"adjustments"} and question != NAME:
        # who says what to avoid goes on to say what is wanted; not so who says who reads along
        wishes = bool(told.keys() - {"adjustments", "safe_to_leave_message"})
        told, spans = _parts(plain, question, contact_seen.read(plain.text), asked=wishes)
    if question != NAME and (story := contact_story.read(plain.text)):
        _warn(plain, story, told)  # it is kept; it wishes for nothing
        spans += story.words
    timed = "how" in told or (question == NAME and not (warned.ways or warned.doubtful))
    if timed and (hours := _hours(plain, spans, warned, asked=question == NAME)):
        told["safe_times"] = contact_times.without_how(plain.said(*hours))[:LONGEST]
        spans.append(hours)
    if found := _language(plain, asked):
        told["language"] = _CODES[found["language"] or found["wanted"]]
        spans.append(found.span())
    if not told:
        return None
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    return Fact(NAME, told, plain.said(start, end)[:LONGEST])


def _parts(
    plain: Plain, question: str | None, warned: Warned, *, asked: bool
) -> tuple[dict[str, Any], list[Span]]:
    """What is wished for and what is warned of; a way is never wished for by a warning of it."""
    wishes = plain.blotted(warned.spans)

    def liked(hit: Hit) -> int:
        return 3 if hit.group.name.partition(".")[2] in warned.ways else _less_liked(wishes, hit)

    told: dict[str, Any] = {}
    hits = sorted(rulebook(NAME).hits(wishes, question), key=liked)
    spans = [span for hit in hits if (span := _part(wishes, hit, asked, told))]
    if warned:
        _warn(plain, warned, told)
        spans += [plain.sentence(*words) for words in warned.words]
    return told, spans


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
        return contact_times.span(plain.text)
    beside = (contact_times.span(plain.text, *plain.sentence(*span)) for span in spans)
    return next((found for found in beside if found), None)


def _less_liked(plain: Plain, hit: Hit) -> int:
    """0 for a channel that some word prefers, 1 without such a word, 2 when only at a push."""
    ends = [found.end() for found in hit.group.finditer(plain.text)]
    if any(_PREFERRED.match(plain.text, end) for end in ends):
        return 0
    return 2 if any(_AT_A_PUSH.match(plain.text[end:]) for end in ends) else 1


def _puts_right(plain: Plain) -> bool:
    """Whether an answer to the summary is about how to get in touch."""
    short = len(plain.text.split()) <= CORRECTION
    if not short or _HAPPENED.search(plain.text):
        return False
    named = _WHEN_SAFE.search(plain.text) or contact_seen.read(plain.text).spans
    return bool(named) or any(True for _ in rulebook(NAME).hits(plain, NAME))


def _part(plain: Plain, hit: Hit, asked: bool, told: dict[str, Any]) -> Span | None:
    part, _, value = hit.group.name.partition(".")
    if part == "channel":
        return _channels(plain, hit, value, asked, told)
    if part == "avoid":
        told.setdefault("avoid", []).append(value)
    elif part == "adjust":
        told.setdefault("adjustments", []).append(value)
    elif value == "no" or "safe_to_leave_message" not in told:
        told["safe_to_leave_message"] = value == "yes"
    return hit.start, hit.end


def _channels(
    plain: Plain, hit: Hit, value: str, asked: bool, told: dict[str, Any]
) -> Span | None:
    """Every mention of a channel: wanted, or to be avoided."""
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
            told.setdefault("how", value)
            used = found.span()
        elif value == "landline" and asked:
            told.setdefault("how", "phone")
            used = found.span()
    return used


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
    return bool(told) and not _HAPPENED.search(before + after)


def _wants(before: str, after: str) -> bool:
    if _QUESTION.search(before) or _HAPPENED.search(before + after):
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


def _language(plain: Plain, asked: bool) -> re.Match[str] | None:
    is_another = not asked and _LANGUAGE_OF_ANOTHER.search(plain.text)
    return None if is_another else _LANGUAGE.search(plain.text)

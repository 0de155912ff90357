"""How to get in touch: the channel, when it is safe, what to avoid, language and adjustments."""

from __future__ import annotations

import re
from typing import Any

from nlu.facts import answers
from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import Hit, rulebook

NAME = "contact"
_BREAK = re.compile(r"[,.!?;\n]| (?:(?<!anything )but|because|as|so|and then|instead|if) ")
_NOT = re.compile(
    r"\b(?:not(?! know| sure)|never|no|nobody|no one|none|avoid|without|instead of|"
    r"rather than|stop|anything but|except)\b(?!.*\bonly\b)"
)
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
_SO_NOT = re.compile(r"\b(?:not|never) (?:\w+ ){1,3}$")
_LANDLINE = re.compile(r"land|house phone|home")
_HOUSE = re.compile(r"\b(?:house|home|land) $")
_TO_ME = re.compile(
    r"^ (?:me|us|my (?:(?:work|mobile|home|other|new|daughter'?s?|son'?s?) )?(?:number|mobile))\b"
)
_OTHERS = re.compile(r"\b(?:he|she|they|to)\b")
_ASKS = re.compile(r"\b(?:by|via|please|prefer|best|contact)\b")
_QUESTION = re.compile(r"\b(?:can|could|should|shall|may|do) i\b|\bwill (?:you|someone)\b|\bif\b")
# `Email or text, email probably`: of two channels, the one that is liked better.
_PREFERRED = re.compile(
    r" (?:me |is |would be |will be )?(?:probably|preferably|preferred|for preference|first|"
    r"if possible|best|better|ideally|easiest|rather)\b"
)
_TIME = (
    r"(?:(?:(?:half|quarter) (?:past |to )?)?(?:\d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm|o'clock|"
    r"ish))?|noon|midday|midnight|lunch(?:time)?|work|school|tea(?:time)?|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: (?:am|"
    r"pm|o'clock|ish))?)"
)
_DAYS = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekdays?|weekends?|week days?)"
_PARTS = (
    r"(?:mornings?|afternoons?|evenings?|daytimes?|lunch ?times?|nights?|"
    r"office hours|school hours|working hours|work hours|the day)"
)
_WHEN = re.compile(
    rf"\b(?:(?:only |just |any ?time |best |not )*(?:after|before|between|"
    rf"from|until|till|around|about|at|say) {_TIME}(?: ?(?:and|to|-|till|"
    rf"until) ?{_TIME})?(?: (?:on |in the )?(?:{_DAYS}|{_PARTS}|please))*"
    rf"|(?:only |just |not |any |in the |on |during |most |weekday |"
    rf"week day )*(?:{_DAYS}|{_PARTS})(?: (?:after|before|between|only|"
    rf"or|and|to|from|in the|is|are|{_TIME}|{_DAYS}|{_PARTS})\b)*"
    r"|any ?time(?: (?:is fine|during the day|at all|after|before)\b)?"
    r"|(?:when|while|once) (?:he|she|they|my \w+|the kids|kids|everyone) (?:is|"
    r"are|goes|go|has|have) (?:\w+ ){0,2}(?:at work|at school|out|asleep|"
    r"gone|in bed|left|away|to work|to school))"
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
    rf"\b(?:speaks?|speaking|in|my language is|first language is|only|"
    rf"into|understand better in|better in|native|an?) (?:only |a little |"
    rf"better |mostly |my )?(?P<language>{'|'.join(_CODES)})\b"
    rf"(?! (?:man|men|woman|lad|guy|girl|shop|neighbours?|gang|people|"
    rf"bloke|boy|lady|builder|food|restaurant))"
    rf"|\b(?P<wanted>{'|'.join(_CODES)}) (?:please|speaker|interpreter|translator|language)\b"
)
_LANGUAGE_OF_ANOTHER = re.compile(
    r"\b(?:he|they|neighbours?|man|attackers?|lads?|men|shouting|shouted|"
    r"said|swore|talking)\b"
)


# Where the summary shows how to get in touch, a few words about a channel put it right; words
# about what happened do not: `they took my phone, not my bag`.
SHOWN_AT = frozenset({"confirm_summary", "consent"})
CORRECTION = 16  # words
_HAPPENED = re.compile(
    r"\b(?:was|were|took|taken|stole|stolen|nicked|snatched|smashed|broke|hit|lost|grabbed|happened|"
    r"(?:he|she|they|it|police|bank) (?:\w+ )?(?:rang|phoned|called|texted|emailed|sent|wrote)|"
    r"(?:rang|phoned|called|told) (?:the )?(?:police|bank|101|999)|received|got (?:a|an|some))\b"
)


def read(plain: Plain, question: str | None) -> Fact | None:
    """The parts of `contact` that a message tells, as a dict; None when it tells none."""
    if question in SHOWN_AT and _puts_right(plain):
        question = NAME
    hits = sorted(rulebook(NAME).hits(plain, question), key=lambda hit: _less_liked(plain, hit))
    told: dict[str, Any] = {}
    spans = [span for hit in hits if (span := _part(plain, hit, question == NAME, told))]
    asked = question == NAME or bool(told)
    if told and question != NAME:  # who says what to avoid goes on to say what is wanted
        told.clear()
        spans = [span for hit in hits if (span := _part(plain, hit, True, told))]
    timed = question == NAME or "how" in told
    if timed and (found := _hours(plain, spans, asked=question == NAME)):
        unsafe = _SO_NOT.search(plain.text, 0, found.start())
        span = (unsafe.start() if unsafe else found.start(), found.end())
        told["safe_times"] = plain.said(*span)
        spans.append(span)
    if found := _language(plain, asked):
        told["language"] = _CODES[found["language"] or found["wanted"]]
        spans.append(found.span())
    if not told or (answers.tells_nothing(plain) and not hits):
        return None
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    return Fact(NAME, told, plain.said(start, end)[:160])


def _hours(plain: Plain, spans: list[tuple[int, int]], *, asked: bool) -> re.Match[str] | None:
    """The hours of a wish: told unasked they stand beside it, else they are when it happened."""
    if asked:
        return _WHEN.search(plain.text)
    beside = (_WHEN.search(plain.text, *plain.sentence(*span)) for span in spans)
    return next((found for found in beside if found), None)


def _less_liked(plain: Plain, hit: Hit) -> bool:
    """Whether it is a channel that no word prefers to another."""
    found = hit.group.finditer(plain.text)
    return not any(_PREFERRED.match(plain.text, one.end()) for one in found)


def _puts_right(plain: Plain) -> bool:
    """Whether an answer to the summary is about how to get in touch."""
    short = len(plain.text.split()) <= CORRECTION
    named = any(True for _ in rulebook(NAME).hits(plain, NAME)) or _WHEN_SAFE.search(plain.text)
    return short and bool(named) and not _HAPPENED.search(plain.text)


def _part(plain: Plain, hit: Hit, asked: bool, told: dict[str, Any]) -> tuple[int, int] | None:
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
) -> tuple[int, int] | None:
    """Every mention of a channel: wanted, or to be avoided."""
    used: tuple[int, int] | None = None
    for found in hit.group.finditer(plain.text):
        before, after = _clause(plain.text, *found.span())
        if _is_no_channel(value, before, after):
            continue
        if _denied(before, after):
            avoided = told.setdefault("avoid", [])
            other = value == "phone" and bool(_LANDLINE.search(after))
            if value not in avoided and not other:
                avoided.append(value)
            used = found.span()
        elif value != "landline" and (asked or _wants(before, after)):
            told.setdefault("how", value)
            used = found.span()
        elif value == "landline" and asked:
            told.setdefault("how", "phone")
            used = found.span()
    return used


def _is_no_channel(value: str, before: str, after: str) -> bool:
    """The house phone is the landline; a message may be left; an hour may be unsafe."""
    landline = value == "phone" and bool(_HOUSE.search(before))
    message = "message" in after and "leave" in after
    return landline or message or bool(_NOT.search(before) and _ONLY_THEN_NOT.match(after))


def _denied(before: str, after: str) -> bool:
    """Whether the words before take the channel away; a mere `no, text me instead` does not."""
    turned_to = _NO_FIRST.fullmatch(before) and (_INSTEAD.match(after) or _SORRY.search(before))
    return bool(_NOT.search(before)) and not turned_to


def _wants(before: str, after: str) -> bool:
    if _QUESTION.search(before) or _HAPPENED.search(before + after):
        return False  # `they took my phone off me by the river` wishes for no call
    if _TO_ME.search(after) and not _OTHERS.search(before):
        return True
    around = before + after
    return bool(_WANTED.search(around) and _ASKS.search(around))


def _clause(text: str, start: int, end: int) -> tuple[str, str]:
    first = 0
    for found in _BREAK.finditer(text, 0, start):
        first = found.end()
    after = _BREAK.search(text, end)
    return text[first:start], text[end : after.start() if after else len(text)]


def _language(plain: Plain, asked: bool) -> re.Match[str] | None:
    found = _LANGUAGE.search(plain.text)
    if found is None or (not asked and _LANGUAGE_OF_ANOTHER.search(plain.text)):
        return None
    return found

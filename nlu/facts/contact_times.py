"""The hours at which it is safe to get in touch, with every word that limits them."""

from __future__ import annotations

import re

_TIME = (
    r"(?:(?:(?:half|quarter) (?:past |to )?)?(?:\d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm|o'clock|"
    r"ish))?|noon|midday|midnight|lunch(?:time)?|work|school|tea(?:time)?|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: (?:am|"
    r"pm|o'clock|ish))?)"
)
_DAYS = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|wed|sat|sun|weekdays?|weekends?|week days?)"
)
_PARTS = (
    r"(?:mornings?|mornins|afternoons?|evenings?|daytimes?|lunch ?times?|nights?|"
    r"office hours|school hours|working hours|work hours|term ?time|the day)"
)
_ROUGHLY = r"(?:like |about |around |roughly |say )?"
_WHEN = re.compile(
    rf"\b(?:(?:only |just |any ?time |best |not )*(?:after|before|between|"
    rf"from|until|till|around|about|at|say) {_ROUGHLY}{_TIME}(?: ?(?:and|to|-|till|"
    rf"until) ?{_TIME})?(?: onwards?)?(?: (?:on |in the )?(?:{_DAYS}|{_PARTS}|please))*"
    rf"|{_TIME} ?(?:to|-|till|until) ?{_TIME}(?: (?:on |in the )?(?:{_DAYS}|{_PARTS}))*"
    rf"|{_TIME} onwards?"
    rf"|(?:only |just |not |any |in the |on |during |most |weekday |"
    rf"week day )*(?:{_DAYS}|{_PARTS})(?: (?:after|before|between|only|"
    rf"or|and|to|from|in the|is|are|{_TIME}|{_DAYS}|{_PARTS})\b)*"
    r"|(?:any|every) ?time(?: (?:is fine|during the day|at all|after|before)\b)?"
    r"|(?:when|while|once) (?:he|she|they|my \w+|the kids|kids|everyone) (?:is|"
    r"are|goes|go|has|have) (?:\w+ ){0,2}(?:at work|at school|out|asleep|"
    r"gone|in bed|left|away|to work|to school))"
)
# What makes a time one at which it is not safe, or not every such time safe.
_LIMITS = re.compile(
    r"\b(?:not|never|no|nothing|except|excluding|apart from|other than|bar|but|unless|avoid|only|"
    r"asleep|sleep\w*|in bed|busy|at (?:work|school|college)|(?:i|we) work|working|on shift|"
    r"lessons?|unable|if|when|while|once|because|as long as|provided|he|she|they|him|her|them|"
    r"my \w+|home|out)\b"
)
# A limit in a sentence of its own: `Not in lessons. After 4`, `Evenings. Never when he is in`.
_LIMIT = (
    r"(?:but )?(?:not|never|except|only) (?:in|at|on|during|when|while|if|after|before|until|"
    r"unless)\b[^.;\n]*"
)
_LIMIT_BEFORE = re.compile(rf"(?:^|[.;\n] )(?P<limit>{_LIMIT}[.;,]? *)$")
_LIMIT_AFTER = re.compile(rf"[.;,\n]? ?{_LIMIT}")
_BREAK = re.compile(r"[,.!?;\n]| (?:because|and then|so) ")
# A number or an address beside the hours is no part of them.
_HOW = re.compile(
    r"(?:\b(?:on|at|is|it is) )?(?:(?<!\d)(?:\+44 ?|0)(?:\d[ -]?){9,10}(?!\d)|"
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+)[,.;]? ?"
)


def span(text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Where the hours stand in ``text[start:end]``, from the first of them to the last limit."""
    end = len(text) if end is None else end
    found = list(_WHEN.finditer(text, start, end))
    if not found:
        return None
    first, last = _from(text, found[0], start), _until(text, found[-1], end)
    before = _LIMIT_BEFORE.search(text[start:first])
    after = _LIMIT_AFTER.match(text, last, end)
    return start + before.start("limit") if before else first, after.end() if after else last


def without_how(said: str) -> str:
    """The words without the numbers and addresses among them."""
    return " ".join(_HOW.sub("", said).split()).strip(" ,;")


def _from(text: str, first: re.Match[str], start: int) -> int:
    """The start of the clause where it limits: `I am asleep in the day`, `not in lessons`."""
    clause = start
    for mark in _BREAK.finditer(text, start, first.start()):
        clause = mark.end()
    return clause if _LIMITS.search(text, clause, first.start()) else first.start()


def _until(text: str, last: re.Match[str], end: int) -> int:
    """The end of the sentence where what follows limits: `any time, but not at work`."""
    stop = re.compile(r"[.!?;\n](?:\s|$)").search(text, last.end(), end)
    close = stop.start() if stop else end
    return close if _LIMITS.search(text, last.end(), close) else last.end()

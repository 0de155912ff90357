"""The hours at which it is safe to get in touch, with every word that limits them."""

from __future__ import annotations

import re

_TIME = (
    r"(?:(?:(?:half|quarter) (?:past |to )?)?(?:\d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm|o'clock|"
    r"ish))?|noon|midday|midnight|lunch(?:time)?|work|school|tea(?:time)?|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: (?:am|"
    r"pm|o'clock|ish))?"
    # `after 7 years`, `after two rings`: how long or how often, not when
    r"(?!\d| ?(?:years?|yrs?|months?|weeks?|wks?|days?|nights?|hours?|hrs?|minutes?|mins?|"
    r"seconds?|secs?|times?|rings?|calls?|texts?|letters?|e-?mails?|attempts?|tries|goes|people|"
    r"kids|children|(?:of|more|or) (?:us|them|you|more|so))\b))"
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
    r"|whenever(?! (?:i|he|she|they|it|we)\b)"
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
_TAKEN_BACK = re.compile(
    r"\b(?:(?:no|nah|oh|oops|er|um|sorry)[, ]+)*(?:hang on|hold on|wait|scra(?:p|tch) that|i mean|"
    r"i meant|my mistake|tell a lie|actually,? no|no,? actually|no,? sorry|sorry,? no)\b[,. ]*"
)
_DANGLING = re.compile(r"(?: (?:after|before|between|or|and|to|from|in the|is|are))+$")
_BREAK = re.compile(r"[,.!?;\n]| (?:because|and then|so) ")
# A number or an address beside the hours is no part of them.
_HOW = re.compile(
    r"(?:\b(?:on|at|is|it is) )?(?:(?<!\d)(?:\+44 ?|0)(?:\d[ -]?){9,10}(?!\d)|"
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+)[,.;]? ?"
)


def span(text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Where the hours stand in ``text[start:end]``, from the first of them to the last limit."""
    end = len(text) if end is None else end
    start = _after_second_thoughts(text, start, end)
    found = list(_WHEN.finditer(text, start, end))
    if not found:
        return None
    first, last = _from(text, found[0], start), _until(text, found[-1], end)
    before = _LIMIT_BEFORE.search(text[start:first])
    after = _LIMIT_AFTER.match(text, last, end)
    return start + before.start("limit") if before else first, after.end() if after else last


def _after_second_thoughts(text: str, start: int, end: int) -> int:
    """Where the hours begin that hold: `mornings. no hang on, not mornings. after 6`."""
    for taken_back in _TAKEN_BACK.finditer(text, start, end):
        if _WHEN.search(text, taken_back.end(), end):
            start = taken_back.end()
    return start


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
    if _LIMITS.search(text, last.end(), close):
        return close
    dangling = _DANGLING.search(last[0])
    return last.start() + dangling.start() if dangling else last.end()

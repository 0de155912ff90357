"""The hours at which it is safe to get in touch, with every word that limits them."""

from __future__ import annotations

import re

# When children are taken to school and fetched: it is said in many words.
_SCHOOL_RUN = (
    r"(?:(?:the |my )?(?:morning |afternoon )?(?:school |nursery )"
    r"(?:runs?|drop ?-?off|pick ?-?up)|"
    r"i (?:have |am )?(?:drop|dropped|dropping|taken|fetched|collected|picked up) "
    r"(?:the |my )?\w+(?: off| up)?(?: (?:at|to|from) (?:school|nursery))?)"
)
_CLOCK = (
    r"(?:(?:half|quarter) (?:past |to )?)?"
    r"(?:(?:0\d|1[0-8])[0-5]\d(?: ?(?:hrs|hours))?|2[0-3][0-5]\d ?(?:hrs|hours)|"
    r"\d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm|o'clock|ish))?|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: ?(?:am|pm|o'clock|ish))?"
)
_DONE = r"noon|midday|midnight|breakfast|(?:lunch|tea|dinner)(?:[ -]?time)?|work|school"
# `After 7 years`, `after two rings`: how long or how often, not when.
_HOW_LONG = (
    r"\d| ?(?:years?|yrs?|months?|weeks?|wks?|days?|nights?|hours?|hrs?|minutes?|mins?|seconds?|"
    r"secs?|times?|rings?|calls?|texts?|letters?|e-?mails?|attempts?|tries|goes|people|kids|"
    r"children|(?:of|more|or) (?:us|them|you|more|so))\b"
)
_TIME = rf"(?:(?:{_SCHOOL_RUN}|{_CLOCK}|{_DONE})(?!{_HOW_LONG}))"
_DAYS = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|tues?|weds?|thu(?:rs?)?|sat|sun|"
    r"weekdays?|weekends?|week days?|(?:any|every|each|most|all|some) days?|all day|all week)"
)
_PARTS = (
    r"(?:(?:(?:early|late|mid|first thing)[ -](?:in the )?)?"
    r"(?:mornings?|mornins|afternoons?|evenings?|eves)|daytimes?|(?:lunch|tea|dinner) ?times?|"
    r"week ?nights?|nights?|(?:office|school|working|work) hours|"
    r"term ?time|the day|first thing|bank holidays?)"
)
_DAY_OR_PART = rf" (?:on |in the |in |at )?(?:{_DAYS}|{_PARTS})"
_TO = r" ?(?:to|-|–|till?|until) ?"
_ROUGHLY = r"(?:like |about |around |roughly |say )?"
# All ways to say when, the first that fits.
_WAYS = (
    # from when, until when
    r"(?:only |just |any ?time |best |not )*(?:after|before|between|from|until|till?|up to|"
    rf"up until|around|about|at|say|once) {_ROUGHLY}{_TIME}(?:(?:{_TO}| and ){_TIME})?"
    rf"(?: onwards?)?(?:{_DAY_OR_PART}| please)*",
    rf"{_TIME}{_TO}{_TIME}(?:{_DAY_OR_PART})*",
    rf"{_TIME} onwards?",
    r"after (?:that|then)",
    # on which days, in which part of them
    r"(?:only |just |not |any |in the |on |during |most |weekday |week day )*"
    rf"(?:{_DAYS}|{_PARTS})(?: (?:after|before|between|only|or|and|to|from|in the|is|are|"
    rf"{_TIME}(?:{_TO}{_TIME})?|{_DAYS}|{_PARTS})\b)*",
    r"tonight|tomorrow|today|(?:this|next) (?:week|weekend|month)",
    # any time
    r"whenever(?! (?:i|he|she|they|it|we)\b)(?: (?:suits?|works|it suits|is (?:good|best|easiest|"
    r"fine)|you (?:like|want|can|fancy|please))(?: (?:you|best|for you))*)?",
    r"(?:any|every) ?time(?: (?:is fine|during the day|at all|after|before)\b)?",
    r"(?:it )?(?:(?:does|do) not(?: really)? (?:matter|mind|care)|"
    r"not (?:fussed|bothered|fussy)(?: about)?)(?: to me)? "
    r"(?:when|what time|(?:what|which) day|the time)",
    r"day or night|24 ?/ ?7|round the clock",
    # while others are away
    r"(?:when|while|once) (?:he|she|they|my \w+|the kids|kids|everyone) "
    r"(?:is|are|goes|go|has|have) (?:\w+ ){0,2}"
    r"(?:at work|at school|out|asleep|gone|in bed|left|away|to work|to school)",
)
_WHEN = re.compile(rf"\b(?:{'|'.join(_WAYS)})")
# What makes a time one at which it is not safe, or not every such time safe.
_LIMITS = re.compile(
    r"\b(?:not|never|no|nothing|except|excluding|apart from|other than|bar|but|unless|avoid|only|"
    r"asleep|sleep\w*|in bed|busy|at (?:work|school|college)|(?:i|we) work|working|on shift|"
    r"lessons?|lectures?|class(?:es)?|meetings?|appointments?|clinics?|jobs?|works?|shifts?|rota|"
    r"bad|worst|awkward|difficult|tricky|hard|risky|dangerous|unsafe|hopeless|useless|impossible|"
    r"usually|normally|mostly|sometimes|otherwise|unable|if|when|while|once|because|as long as|"
    r"provided|he|she|they|him|her|them|my \w+|home|out)\b"
)
# A limit in a sentence of its own: `Not in lessons. After 4`, `Evenings. Never when he is in`.
_LIMIT = (
    r"(?:but )?(?:not|never|except|only) (?:in|at|on|during|when|while|if|after|before|until|"
    r"unless)\b[^.;\n]*"
)
_LIMIT_BEFORE = re.compile(rf"(?:^|[.;\n] )(?P<limit>{_LIMIT}[.;,]? *)$")
_LIMIT_AFTER = re.compile(
    rf"[.;,\n]? ?{_LIMIT}|[?!.;,\n]* ?(?:no|nope|never)\b[^.!?;,\n]{{0,20}}$"
)
_TAKEN_BACK = re.compile(
    r"\b(?:(?:no|nah|oh|oops|er|um|sorry)[, ]+)*(?:hang on|hold on|wait|scra(?:p|tch) that|i mean|"
    r"i meant|my mistake|tell a lie|actually,? no|no,? actually|no,? sorry|sorry,? no)\b[,. ]*"
)
_DANGLING = re.compile(r"(?: (?:after|before|between|or|and|to|from|in the|is|are))+$")
FULL_STOPS = ".!?;\n"
_BREAK = re.compile(r"[,!?;\n]|\.(?=\s|$)| (?:because|and then|so) ")
_STOP = re.compile(r"[.!?;\n](?:\s|$)")
# A number or an address beside the hours is no part of them.
_HOW = re.compile(
    r"(?:\b(?:on|at|is|it is) )?(?:(?<!\d)(?:\+44 ?|0)(?:\d[ -]?){9,10}(?!\d)|"
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+)[,.;]? ?"
)
# Words beside the hours that say no more than whom to reach how, and that it suits. Any other word
# there may be what takes them up, `clinic on Tuesdays`, and is kept for whoever reads it.
_SAYS_NO_MORE = re.compile(
    r"\W*(?:(?:a|i|you|u|us|me|my|our|the|of|and|or|but|so|then|to|too|for|on|in|at|by|via|with|as|"
    r"is|are|am|be|it|that|this|can|could|will|would|should|do|does|please|pls|just|only|also|"
    r"ring|call|text|phone|message|messages|mail|emails?|e-mails?|write|letters?|post|contact|"
    r"reach|get|touch|hold|speak|talk|chat|number|mobile|landline|line|telephone|house|home|work|"
    r"hi|hiya|hello|yes|yeah|yep|no|ok|okay|right|well|oh|thanks|thank|cheers|ta|love|time|times|"
    r"best|better|good|great|fine|perfect|safe|safest|easiest|easier|suits?|works|free|available|"
    r"retired|alone|always|i live (?:alone|on my own)|prefer|preferably|ideally|rather|like|"
    r"want|say|happy|at all|back|hours?|"
    r"[_\d]+|[\w.+-]+@[\w.-]+)\W+)*(?:\W*)"
)
# `Not mornings, evenings are fine`: where others are not, this says that these hours are safe.
_FINE = re.compile(r" ?(?:(?:is|are|be) )?(?:fine|ok|okay|good|best|better|great|safe)\b")


def span(
    text: str, start: int = 0, end: int | None = None, *, whole: bool = False
) -> tuple[int, int] | None:
    """Where the hours stand in ``text[start:end]``, from the first of them to the last limit.

    ``whole``: the text is an answer about them, and no word beside them is left out that may be
    a limit.
    """
    end = len(text) if end is None else end
    start = _after_second_thoughts(text, start, end)
    found = list(_WHEN.finditer(text, start, end))
    if not found:
        return None
    first = _from(text, found[0], start, whole=whole)
    last = _until(text, found[-1], end, whole=whole)
    if fine := _FINE.match(text, last, end):
        last = fine.end() if _LIMITS.search(text, first, last) else last
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


def _from(text: str, first: re.Match[str], start: int, *, whole: bool) -> int:
    """The start of the clause where it limits: `I am asleep in the day`, `not in lessons`.

    Of an answer, that of the first clause of the sentence that may limit: `my lunch, weekdays`.
    """
    marks = list(_BREAK.finditer(text, start, first.start()))
    clause = marks[-1].end() if marks else start
    if whole:
        sentence = max((mark.end() for mark in marks if mark[0] in FULL_STOPS), default=start)
        clauses = [sentence, *(mark.end() for mark in marks if mark.end() > sentence)]
        ends = [*clauses[1:], first.start()]
        limits = (at for at, to in zip(clauses, ends, strict=True) if _may_limit(text[at:to]))
        return next(limits, first.start())
    return clause if _LIMITS.search(text, clause, first.start()) else first.start()


def _until(text: str, last: re.Match[str], end: int, *, whole: bool) -> int:
    """The end of the sentence where what follows limits: `any time, but not at work`."""
    stop = _STOP.search(text, last.end(), end)
    close = stop.start() if stop else end
    after = text[last.end() : close]
    if _LIMITS.search(text, last.end(), close) or (whole and _may_limit(after)):
        return last.end() + len(after.rstrip())
    dangling = _DANGLING.search(last[0])
    return last.start() + dangling.start() if dangling else last.end()


def _may_limit(beside: str) -> bool:
    """Whether some word beside the hours says more than how to get in touch."""
    return bool(_LIMITS.search(beside)) or not _SAYS_NO_MORE.fullmatch(f"{beside} ")

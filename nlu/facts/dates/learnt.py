"""Times of hearing of what happened, or of finding out that it had gone on."""

from __future__ import annotations

import re

from nlu.facts.dates.phrases import Named

_TO = r"(?: (?:to |in )?(?:me|us|(?:my|our|her|his|their|the) \w+))"
_WHO = (
    r"(?:she|he|they|who|and|child|girl|boy|daughter|son|grand\w+|nieces?|nephews?|pupils?|"
    r"patients?|clients?|learners?|students?|residents?|friends?|sister|mum|one|year \w+s?|"
    r"\d+ year olds?|\w+ year old)"
)
_TELLING = (
    rf"{_WHO}(?: has| have| had| only| finally| just)* "
    rf"(?:told{_TO}|(?:whispered|confided|disclosed|let slip|confessed|opened up){_TO}?)"
)
_TOLD_BY = re.compile(rf"\b{_TELLING}(?: about (?:it|this))?,? $")
_OF_WHAT = re.compile(
    r"\W*(?:$|(?:that )?(?:what|how|about|why|her|his|their|she|they|a|an|someone|somebody|some|"
    r"he (?:has|had|was|is)|(?:my|the|our) \w+)\b)"
)
_TELLS_THEN = re.compile(
    rf"^,? (?:(?!i\b|and\b)\w+ ){{0,3}}?{_TELLING} "
    r"(?:that )?(?:what|how|about|why|her|his|their|she|they|he|a|an|someone|somebody|some|the)\b"
)
_THREATENS = re.compile(
    r"\b(?:would|will|going to|better|or else|kill|burn|hurt me|get me|find me|if i|not to)\b"
)
_LEARNT = re.compile(
    r"\b(?:found out(?: about (?:it|this))?|learn(?:ed|t)(?: of (?:it|this))?|became aware|"
    r"came to light|(?:it|this|that|all|truth) (?:all |only |finally )?came out|"
    r"(?:did|done|doing) the sums|added (?:it|them|everything) (?:all )?up|"
    r"found (?:a|an|the|some|his|her|these|those) (?:\w+ ){0,2}?(?:videos?|messages?|texts|"
    r"photos?|pictures|emails|letters)(?: [^.!?,]{0,40})?)(?: only| just)? $"
)
_LEARNS = re.compile(
    r"^,? (?:i|we|she|he|they)(?: only| just| have)* (?:found out|learn(?:ed|t))\b"
)
# `The site rang me on Friday to say the gate was cut`; who rings about money may be the thief.
_RUNG = re.compile(
    r"\b(?:they|neighbours?|school|landlord|agents?|home|hospital|mum|dad|manager|site|sister|brother)"
    r" (?:rang|phoned|called|texted|emailed|messaged) (?:me|us) $"
)
_TO_SAY = re.compile(r"^ (?:to (?:say|tell (?:me|us)|let (?:me|us) know)|saying)\b")
_OF_MONEY = re.compile(
    r"\b(?:bank|account|cards?|money|refund|tax|hmrc|amazon|virus|computer|police|fraud|payment)\b"
)
_SEEN_THERE = re.compile(
    r" when (?:i|we|he|she|they) (?:went|came|drove|walked|got (?:home|back|in))\b"
)


def is_of_finding_out(text: str, time: Named) -> bool:
    """Whether it is the time of being told of it, or of learning that it had gone on.

    What somebody threatens is told and done at once; what is seen on coming home is new.
    """
    before, after = text[max(0, time.start - 90) : time.start], text[time.end : time.end + 120]
    if (_LEARNT.search(before) or _LEARNS.match(after)) and not _SEEN_THERE.match(after):
        return True
    content = re.split(r"[.!?\n]", after, maxsplit=1)[0]
    if _THREATENS.search(content):
        return False
    if _RUNG.search(before) and _TO_SAY.match(content) and not _OF_MONEY.search(content):
        return True
    told_of = _TOLD_BY.search(before) and _OF_WHAT.match(content)
    return bool(told_of or _TELLS_THEN.match(content))

"""Where somebody lives of whom a whole message tells: `Dad sends her money. He's in Harpenden.`"""

from __future__ import annotations

import re

_TELLS_OF = re.compile(
    r"^\W*(?:(?:hi|hello|hiya|so|please|evening|morning)\W+)?"
    r"(?:(?:i am|i'm|i’m|im) (?:writing|asking|here|messaging|typing) "
    r"(?:for|about|on behalf of) )?"
    r"(?:my |our )?(?:\w+ )?(?:"
    r"(?P<she>mum|mother|nan|gran|grandma|granny|sister|daughter|aunt|auntie|niece|girlfriend|wife|"
    r"mother in law)|(?P<he>dad|father|grandad|grandfather|brother|son|uncle|nephew|boyfriend|"
    r"husband|father in law)|(?P<they>friend|best friend|mate|neighbour|colleague|partner|"
    r"parents|cousin))\b",
    re.IGNORECASE,
)
_IS_IN = r"(?:'s|’s|'re| is| are| lives?| live)(?: \w+)? ?(?:in|at|near|over in)"
_HOME_IN = r" (?:own )?(?:house|home|flat|place|bungalow|front door|door|road) (?:in|at|near)"
_AT_HOME = {
    who: re.compile(rf"\b(?:(?:{who}|{subject}){_IS_IN}|(?:{owner}){_HOME_IN}) ?$", re.IGNORECASE)
    for who, subject, owner in (
        ("she", "she", "her"),
        ("he", "he", "his"),
        ("they", "he|she|they", "his|her|their"),
    )
}


def is_home_of_theirs(text: str, before: str) -> bool:
    """Whether the words ``before`` a place lead to the home of the one the message opens with."""
    told_of = _TELLS_OF.match(text)
    return bool(told_of and _AT_HOME[told_of.lastgroup or "they"].search(before))

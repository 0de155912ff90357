"""Whether somebody lets us pass on what they told: a refusal is never taken for a yes."""

import re
from enum import StrEnum

from actions.reading import Turn

# An agreement in no words of yes is believed from here; set by judgement.
SURE = 0.8


class Agreement(StrEnum):
    """What an answer says about passing it on; nothing where it says neither."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"  # a no that may be about anything, or a yes that may be none: asked back


_NOT = r"(?:do ?n.?t|do not|not|never|wo ?n.?t|ca ?n.?t|can ?not|must ?n.?t|should ?n.?t)"
_RATHER = r"rather (?:not|you (?:did ?n.?t|did not))"
_WHOM = (
    r"(?:the |my |our |his |her )?(?:police|mum|mother|mam|dad|father|parents?|family|husband|wife"
    r"|partner|boyfriend|girlfriend|ex|son|daughter|sister|brother|neighbours?|landlord|school"
    r"|teachers?|work|boss|employer|council|press|papers?|social (?:services|workers?))\b"
)
# Not to be passed on; to keep it from somebody named is another wish.
KEEP_IT = re.compile(
    rf"\b(?:{_NOT}|{_RATHER})(?: \w+){{0,3}}? "
    r"(?:pass|shar(?:e|ing)|forward|send (?:it|this|that) (?:on|to))\b"
    rf"(?!(?: \w+){{0,3}}? (?:to|with) {_WHOM})"
    r"|\bpass (?:it|that|this) on to (?:nobody|no ?one)\b"
    r"|\bkeep (?:it|this|that) (?:here|private|to (?:yourself|myself)|between us)\b"
    r"|\b(?:do ?n.?t|do not) want (?:anyone|anybody|any ?one|them|a co-?ordinator)(?: else)?"
    r" (?:to )?(?:see|know|read|hear|have)(?:ing)?\b"
    r"|^\W*(?:no+\W+)?(?:please )?(?:do ?n.?t|do not)(?: do (?:it|that))?(?: please)?\W*$"
    rf"|^\W*(?:no+\W+)?(?:i ?(?:.?d|would) )?{_RATHER}\W*$",
    re.IGNORECASE,
)
# That it is right, without a word on whether it may be passed on.
ONLY_RIGHT = re.compile(
    r"\W*(?:no+\W+)?(?:(?:that|it|all|this|everything)(?:'?s| is| looks)? ?)*"
    r"(?:all |looks |is )?(?:right|correct|accurate|spot on|true)\W*",
    re.IGNORECASE,
)
# Allowed in so many words, at the start of a part of what is said.
_ALLOWS = re.compile(
    r"\W*(?:(?:yes+|yeah|yep|ok|okay|sure|please|just|so|and|well|then|oh|no+)\W+)*"
    r"(?P<said>i (?:agree|consent)\b"
    r"|(?:i ?'?a?m )?(?:happy|fine|ok|okay|glad) (?:for|to pass|to share)"
    r"|(?:you|u) (?:can|may)(?= (?:pass|share|send|do|go|tell)\b|\W*$)|please do\b"
    r"|go (?:ahead|for it)\b|do (?:pass|share) "
    r"|(?:pass|share|send|forward) (?:it|this|that|all)\b)",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:no+|not|never|nobody|none|rather|without|unless"
    r"|(?:ca|do|did|does|wo|would|should|could|is|was|are|has|have|must) ?n.?t)\b",
    re.IGNORECASE,
)
# `No problem` allows it.
_IDIOM = re.compile(
    r"\W*(?:not? (?:a )?(?:problem|probs?|bother|objections?)|i (?:do ?n.?t|do not) mind)"
    r"(?: at all)?\b",
    re.IGNORECASE,
)
# In these nothing is denied.
_HARMLESS = re.compile(
    r"\b(?:no ?one else|no (?:problem|bother|worries)|why not)\b", re.IGNORECASE
)
_OPENS_NO = re.compile(
    r"\W*(?:(?:oh|um+|er+m?|well|god|hell|sorry|ok|okay|absolutely|definitely|certainly|actually"
    r"|please|hmm+)\W+)*(?:no+|nope|nah+|na|never|not)\b",
    re.IGNORECASE,
)
_OPENS_YES = re.compile(
    r"\W*(?:(?:oh|um+|er+m?|well|right|go on)\W+)*"
    r"(?:y|ye|yes+|yea+h*|yep+|yup|ya|yh|aye|ok|okay|sure|of course|please|by all means|go on"
    r"|absolutely|definitely|certainly|that(?:'s| is|s) (?:fine|ok|okay|alright|all right))\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:not (?:yet|now|today|tonight|sure)|hang on|hold on|wait"
    r"|(?:let me|need to|want to) think|think about it|later)\b",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(?:but|although|though|except|only)\b", re.IGNORECASE)
_UNEASY = re.compile(r"\b(?:worried|scared|afraid|unsure|awkward|embarrass\w+)\b", re.IGNORECASE)
# `But I'd rather my mum did not know` keeps it from her alone.
_KEEPS_FROM = re.compile(
    rf"\b{_WHOM}(?: [\w']+){{0,3}}? (?:know|knew|knows|see|sees|find|finds|found|hear|told)\b"
    rf"|\b(?:tell|show|to|with) {_WHOM}",
    re.IGNORECASE,
)
# A no to this is a no to what stands in the summary.
_WRONG = re.compile(
    r"\b(?:wrong|incorrect|mistakes?|change|almost|nearly)\b"
    r"|\bnot (?:quite|right|true|correct|accurate|what|how)\b|n.?t (?:right|true|correct|what)\b"
    r"|\b(?:it|that|he|she|they|we) (?:was|were|did)(?: ?n.?t| not)?\b"
    r"|\bi (?:said|meant|never|(?:did ?n.?t|did not) (?:say|mean|tell))\b"
    r"|\b(?:you|it)(?:'ve| have|'s| has)? (?:put|got|wrote|written|said|says)\b",
    re.IGNORECASE,
)
_SAID_BEFORE = re.compile(
    r"^\W*i(?:'ve| have)? (?:already |just )*(?:said|told (?:you|u))\W+", re.IGNORECASE
)
_PART = re.compile(r"[.,;!\n]+|\bbut\b", re.IGNORECASE)


def agreement(turn: Turn) -> Agreement | None:
    """What an answer in words says about passing on what was told."""
    said = _SAID_BEFORE.sub("", turn.text.replace("\u2019", "'"), count=1)
    if turn.intent == "refuse_person" or KEEP_IT.search(said):
        return Agreement.NO
    if turn.disposition != "none" or turn.intent.startswith("ask_") or ONLY_RIGHT.fullmatch(said):
        return None
    if _NOT_YET.search(said):
        return Agreement.UNSURE
    if _allows(said):
        return Agreement.YES
    if _WRONG.search(said):
        return None
    if turn.intent == "deny" or opens_with_no(said):
        return Agreement.UNSURE
    return _yes(turn, said)


def opens_with_no(text: str) -> bool:
    """Whether a message begins with a no."""
    return bool(_OPENS_NO.match(text))


def says_yes(text: str) -> bool:
    """Whether a message begins with a yes, or allows it in so many words."""
    return bool(_OPENS_YES.match(text)) or _allows(text)


def is_unsure(turn: Turn) -> bool:
    """Whether the question if the summary may be passed on was answered neither way."""
    words_only = turn.asks_consent and turn.choice is None
    return words_only and agreement(turn) is Agreement.UNSURE


def _allows(said: str) -> bool:
    if _IDIOM.match(said):
        return not _DENIES.search(_IDIOM.sub("", said, count=1))
    if "?" in said:
        return False
    found = ((part, _ALLOWS.match(part)) for part in _PART.split(said))
    return any(hit and not _DENIES.search(part[hit.start("said") :]) for part, hit in found)


def _yes(turn: Turn, said: str) -> Agreement | None:
    agrees = turn.intent in ("affirm", "already_told")
    if _OPENS_YES.match(said) and (agrees or _only_corrects(turn)):
        return Agreement.YES if _is_whole(said) else Agreement.UNSURE
    if turn.intent != "affirm":
        return None
    doubtful = turn.sure < SURE or _DENIES.search(said) or _UNEASY.search(said)
    return Agreement.UNSURE if doubtful else Agreement.YES


def _only_corrects(turn: Turn) -> bool:
    """Whether it sounds like a correction, and nothing in it is one that we can read."""
    return turn.intent == "correct" and not turn.facts


def _is_whole(said: str) -> bool:
    """Whether nothing that follows a yes may take it back."""
    said = _HARMLESS.sub(" ", said)
    first = _PART.split(said.strip(" ,.!\n"), maxsplit=1)[0]
    _, *after = _BUT.split(said, maxsplit=1)
    rest = " ".join(after)
    takes_back = (_DENIES.search(rest) or _UNEASY.search(rest)) and not _KEEPS_FROM.search(rest)
    return not _DENIES.search(first) and not takes_back

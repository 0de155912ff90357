"""Careful limits: how a way may be used, in the person's own words.

`Don't put anything about trans in it`, `call me Jay`, `let it ring a long time`: no field holds
these, and a co-ordinator must see them before they use the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlu.facts.contact_seen import WAY

Span = tuple[int, int]

_KIN = (
    r"(?:my (?:\w+ )?\w+|he|she|they|him|her|them|mum|dad|some ?(?:one|body)(?: else)?|"
    r"any ?(?:one|body)(?: else)?|whoever|the (?:kids|family|neighbours?)|a (?:man|woman|child))"
)
_SAY = (
    r"(?:say|saying|mention\w*|put|putting|write|writing|tell|telling|(?:talk|speak) about|"
    r"talking about|use|using|name|naming|sign|signing|include|including|give|giving|show|"
    r"showing|reveal\w*|discuss\w*|refer to|bring up|let on|let slip|introduce)"
)
# `Don't put it in a letter` and `don't use the landline` rule a way out: no limit on how to use it.
_A_WAY = (
    r"(?:(?:anything|things?|stuff|it|them|this|that|one|me) )?(?:(?:in|on|through|by|to|via) )?"
    r"(?:(?:the|a|an|my|our|any|that|this) )?(?:\w+ )?(?:land ?line|phones?|mobile|telephone|post|"
    r"letters?|letter ?box|e-?mails?|texts?|messages?|voice ?mails?|whatsapp|writing|door|house|"
    r"home|work)"
)
# To whom nothing is to be told is whether it may be passed on.
_NOBODY = r"(?:any ?one|any ?body|people|(?:the )?police|every ?one|every ?body|me\b|lies)"
# Each says how to use a way; `hides` whether ways named within it are no wish of theirs.
_CUES = {
    "say": rf"\b(?:do not|do you not|(?:careful|you|sure|try|best|better) not(?: to)?|please not|never|without|avoid) (?:\w+ )??"
    rf"{_SAY}\b(?! {_A_WAY}(?:[.,!?;\n]|$| (?:please|at all|thanks|because|as|so|and|or)\b))"
    rf"|\b(?:nothing|not anything|no mention|no talk|no word|not a word|no details?) (?:\w+ ){{0,3}}"
    rf"?(?:about|of|on|to do with|that says|saying|mentioning)\b"
    r"|\b(?:plain|blank|unmarked|ordinary) (?:\w+ )?envelopes?\b|\bno (?:logos?|letterhead|names?|"
    r"return address|police|official stuff)\b|\bdiscree?te?(?:ly)?\b|\bdiscretion\b"
    r"|\bkeep (?:it|them|any \w+|the \w+) (?:\w+ )?(?:vague|short|brief|general|neutral|boring|"
    r"normal|simple|bland|innocent)\b",
    "pretext": rf"\b(?:say|pretend|make out|act like|tell {_KIN}) (?:that )?(?:you are|you were|"
    r"it is|it was|you have|to be|you dialled|wrong number)\b",
    "name": r"\b(?:call|calling) me (?!(?:on|at|after|before|any|any ?time|when|whenever|in|by|"
    r"between|from|if|please|pls|instead|only|back|later|today|tomorrow|tonight|now|first|then|"
    r"and|or|but|as|soon|not|never|during|for|to|up|out|over|with|without|because|so|a|an|"
    r"names?|the|around|about|once|until|till|via|through|this|next|every|most|ok|okay|thanks|"
    r"cheers|maybe|asap|straight|direct|directly|is|it|just|rather|either|right|again|my|work|"
    r"mobile|weekdays?|weekends?|evenings?|mornings?|afternoons?|lunch\w*|noon|nights?|late|"
    r"early|\w+days?|twice|daily|sometimes?|always|stupid|lots|all|more|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|eleven|twelve|do|did|wont|cant)\b)[a-z][a-z'-]+"
    r"(?= *(?:$|[,.!?;)\n]| (?:please|not|and|but|or|instead|if|when|by|on|though|thanks)\b))"
    r"|\bask for (?!help|advice|support|a\b|an\b|the\b|it\b|money|anything|nothing|something|more|"
    r"him\b|her\b|them\b|you\b|my (?:money|stuff|things|case))\w+"
    r"|\b(?:i go by|address me as|refer to me as|known as|i prefer to be called)\b|\b(?:use|by) my "
    r"(?:\w+ )?name\b|\bnot (?:by )?my (?:old|dead|birth|legal|real|full|married|maiden) name\b"
    r"|\bdead ?nam\w+|\bmy pronouns\b|\b(?:he|she|they)/(?:him|her|them)\b",
    "who": rf"\bonly (?:ever )?(?:speak|talk|give (?:it|anything)|say (?:it|anything)|tell|"
    r"discuss it)(?: (?:to|with))? me\b|\b(?:make sure|check|sure) (?:that )?it is (?:\w+ )?me\b"
    rf"|\bif {_KIN}(?: \w+){{0,2}}? (?:answers?|picks? (?:it )?up|asks?|gets? it|takes the call|"
    r"(?:is|are) (?:there|in|with me|around|about|home|near|listening|at home|in the room))\b",
    "manner": r"\blet (?:it|the phone) ring\b|\b(?:ring|rings?|call) (?:it )?(?:twice|three times|"
    r"2 times|3 times|off)\b|\b(?:two|three|2|3) rings\b|\bhang up\b|\bput the phone down\b"
    r"|\bkeep (?:ringing|trying|calling)\b|\btry again\b"
    r"|\b(?:withh?old|withheld|hid(?:e|den)|private|unknown|anonymous|blocked|unrecognised|no) "
    r"(?:your |the |my )?(?:caller id|caller|numbers?|id)\b|\bnumber (?:withheld|hidden)\b"
    r"|\b(?:text|message|email|warn)(?: me)? (?:first|before you (?:ring|call|phone))\b"
    r"|\b(?:speak|talk|go|say it|explain\w*)(?: \w+)? (?:up|slow\w*|loud\w*|clear\w*)\b"
    r"|\bhard of hearing\b|\bhearing aids?\b|\b(?:takes? me|give me|i need) (?:\w+ ){0,2}?(?:time|"
    r"while|ages|minutes?) to (?:get|reach|answer|pick|walk|come|find)\b|\bslow (?:to|on my feet|getting to)\b"
    r"|\bi (?:do not|never|will not) (?:\w+ )?(?:answer|pick up)\b(?! (?:on|at|after|before|in)\b)",
}
_HIDES = frozenset({"say", "pretext", "name", "who"})
_CARE = [(name, re.compile(pattern)) for name, pattern in _CUES.items()]
# What somebody says of themselves, or tells of others: `I don't say much`, `they say it was him`.
_TELLS = re.compile(
    r"\b(?:i|we|he|she|they|it|who|people|police|did|does|"
    r"(?<!you )(?:to|would|could|can|must|will|should|might)) $"
)
_OF_US = frozenset({"say", "pretext"})
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
            hidden.append((start, end if name == "name" else last))
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
    for name, cue in _CARE:
        for found in cue.finditer(text):
            start, end = found.span()
            told = name in _OF_US and _TELLS.search(text[:start])
            if not told and not (shown and _TO_NOBODY.search(text[start : end + 20])):
                yield name, start, end


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

"""Warnings that others see, hear or open what comes by a way: `my mum opens my post`.

Such words name a way, and mean the opposite of a wish for it. Where it is doubtful whether they
warn, they do: another way is asked for, and whoever wants this one all the same says so again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Span = tuple[int, int]
# A warning whose `them` or `it` names no way: it is about the way that was asked about.
THIS_WAY = "this_way"

_KIN = (
    r"(?:husband|wife|partner|boyfriend|girlfriend|fiancee?|ex|mum|mummy|mom|mam|ma|mother|dad|"
    r"daddy|father|parents?|step ?mum|step ?dad|son|daughter|kids?|children|child|brothers?|"
    r"sisters?|siblings?|nan|nana|gran\w*|aunt\w*|uncle|cousins?|nephew|niece|flat ?mates?|"
    r"house ?mates?|room ?mates?|lodgers?|land(?:lord|lady)|neighbours?|carers?|in ?laws?|"
    r"(?:mother|father|brother|sister) in law|family|household|boss|manager|colleagues?|"
    r"other half|missus|mrs|hubby|fella|bloke|lad|man|woman|staff|people|girls|boys|lot|friends?|"
    r"support workers?|foster \w+|next door|assistant|secretary)"
)
_NO_PERSON = (
    r"(?!phone|mobile|e ?mail|address|number|post|mail|letters?|texts?|landline|inbox|name|"
    r"crime|case|not\b|never\b|only\b|nobody\b|own\b)"
)
_WHO = (
    rf"(?:(?:he|she|they|him|her|them|some ?(?:one|body)|any ?(?:one|body)|every ?(?:one|body)|"
    rf"others?|people|whoever|(?<=\w )who|(?:my|our|the|his|her|"
    rf"their) (?:{_NO_PERSON}\w+ ){{0,3}}?"
    rf"{_KIN}|(?:my|our) {_NO_PERSON}\w+|mum|dad|nan|hubby)"
    r"(?: (?:else|and (?:my )?\w+|at home|at work|here|there|in (?:the|this|our|my) (?:\w+ )?\w+|"
    r"i (?:live|stay|share) with|next door|of mine))*)"
)
_HOW_OFTEN = (
    r"(?:always|sometimes|often|usually|also|still|even|all|both|just|regularly|secretly|probably|"
    r"normally|generally|constantly|can|could|might|may|must|will|would|to|be|is|are|was|am|been|"
    r"being|has|have|had|does|do|did|tends? to|likes? to|wants? to|tries to|trying to|keeps?|"
    r"kept|able to|allowed to|bound to|likely to|going to|gonna|insists? on|demands?(?: to)?|"
    r"asks? to|makes me|first|then|gets? to|got|the one who|the one that|known to|"
    r"(?:nosey|nosy|curious|jealous|controlling|strict|paranoid|suspicious) and|"
    r"maybe|definitely|really|every day|each day|there to)"
)
_VERB = (
    r"(?:open(?:s|ed|ing)?|reads?|reading|sees?|saw|seen|seeing|checks?|checked|checking|"
    r"uses?|using|used|shares?|sharing|gets?|getting|got|has|have|had|holds?|takes?|took|taken|"
    r"taking|steals?|stole|stolen|nicked|nicks|keeps?|kept|hides?|hid|collects?|collecting|"
    r"fetch(?:es)?|brings? in|sorts?(?: out| through)?|handles?|deals? with|deletes?|deleting|"
    r"go(?:es)? through|going through|went through|been through|looks? (?:at|through|in|on|over|"
    r"into)|looking (?:at|through|in|on|over|into)|looked (?:at|through|in|on|over|into)|"
    r"picks? up|"
    r"picking up|picks|monitor(?:s|ing)?|track(?:s|ing)?|controls?|controlling|hears?|hearing|"
    r"heard|overhears?|overhearing|listens?(?: in)?(?: to| on)?|listening(?: in)?(?: to| on)?|"
    r"answers?|answering|watch(?:es)?|watching|logs? (?:in ?to|on to|on)|logged (?:in ?to|on to)|"
    r"snoops?(?: on| through| in)?|spy(?:ing)? on|spies on|finds?|finding|found|intercepts?|"
    r"intercepting|grabs?|rips open|(?:has|have|had|got) access to|gets? (?:in ?to|on ?to|on|at|"
    r"hold of|to)|got (?:in ?to|on ?to|hold of)|getting (?:in ?to|hold of)|get back|"
    r"(?:knows?|has|have|got) (?:the|my|all my|our) (?:pass ?words?|pin|pass ?codes?|codes?|"
    r"log ?ins?"
    r"|keys?|fingerprint)"
    r" (?:to|for|of|on)|on|hack(?:s|ed|ing)?(?: in ?to)?|screens?|records?|recording|inspects?|"
    r"search(?:es)?(?: through)?|searching(?: through)?|scrolls?(?: through| on)?|"
    r"flicks? through|rifles? through|rummages? (?:in|through)|noses? (?:at|through|in|into)|"
    r"peeks? at|notices?|noticing|opens? up|show(?:s|ing)? (?:him|her|them)|"
    r"read(?:s|ing)? (?:through|over)|show|clones?|cloned|bugged|tampers? with)"
)
_WAYS = {
    "landline": r"land ?line|house phone|home phone|home number",
    "letter": r"letters?|post|mail|post ?box|mail ?box|letter ?box|envelopes?",
    "email": r"e-?mails?|e mails?|inbox|e-?mail account|gmail|hotmail|outlook",
    "text": r"texts?|texting|text messages?|messages|msgs|sms|whats ?app|dms",
    "phone": r"phones?|mobiles?|calls|phone calls?|(?:(?<=\ba )|(?<=\bthe )|(?<=\bany )|"
    r"(?<=\bmy ))"
    r"call|voice ?mails?|voicemail messages|answer ?phone|call history|call log|sim",
}
WAY = "(?:" + "|".join(_WAYS.values()) + r")\b"
_TO_RING = r"(?:ring|ringing|call|calling|phone|text|texting)(?: me)?"
_DET = (
    r"(?:(?:all|any|every|each|both|most|some|half|over|out)(?: of)? )?(?:(?:my|our|the|that|this|"
    r"these|those|a|an|any|all|your|one) )?(?:(?!not\b|never\b|me\b|and\b|or\b|so\b|but\b|i\b|"
    r"please\b|is\b|are\b|just\b|only\b|if\b|when\b|instead\b|ring\b|call\b|text\b|email\b|use\b|"
    r"try\b|write\b|contact\b|send\b)\w+ ){0,2}?"
)
_ONE = rf"{_DET}{WAY}(?! (?:me|us|please|instead|is (?:best|fine|ok|good|better|safe)))"
_AND = rf"(?:,? (?:and|or|&|plus|as well as) |, ?)(?:{_HOW_OFTEN} )*(?:{_VERB} )?"
_OBJECTS = rf"{_ONE}(?:{_AND}{_ONE})*"
_THEM = (
    r"(?:(?:it|them|these|those|that|mine|anything|everything|the lot|stuff|things|what comes|"
    r"whatever comes)\b(?! else\b)|(?:all|any|every one|most|some) of (?:it|them|mine)\b|first\b)"
)
_SAYS_NO = r"(?:not|never|nobody|no one|none|no|only|without|neither|nor)"
_PLAIN = rf"(?:(?!{_SAYS_NO}\b|i\b|so\b|but\b|because\b|please\b)\w+ )"
_DEED = rf"\b{_WHO} (?:{_HOW_OFTEN} )*{_VERB} "
_SEEN_BY = (
    r"(?:opened|read|seen|checked|shared|monitored|tracked|watched|hacked|bugged|heard|overheard|"
    r"found|intercepted|taken|stolen|nicked|looked (?:at|through)|picked up|answered|collected|"
    r"recorded|tapped|sorted|cloned|got at|gone through|visible|left out|left (?:in|on)|"
    r"compromised|"
    r"delivered to (?:my|his|her|their|the))"
)
_OBJECT_WARNS = [
    rf"{_DEED}(?P<ways>{_OBJECTS})",
    # `so my husband doesn't see the post`, `I don't want her to read my texts`
    rf"\b(?:so|in case|want|like|let|letting|or) (?:that )?{_WHO} (?:(?:does|do|will|would|can|"
    rf"could|"
    rf"might|did) not|can never|never) (?:be able to )?{_VERB} (?P<ways>{_OBJECTS})",
    rf"\b(?:shared|joint|communal) (?:\w+ )?(?P<ways>{WAY})",
    rf"\b(?:we|i|us) (?:(?!not\b|never\b)\w+ )?share (?P<ways>{_OBJECTS})",
    rf"\b(?:risky|dangerous|unsafe|a risk|too risky|worried about|scared of|afraid of|"
    rf"frightened of|"
    rf"wary of|nervous about|dread) (?:to |of |about )?(?:me )?(?:getting |you |using |leave |by |"
    rf"write |send |sending |the |a |any |my |on )*(?P<ways>{WAY})",
    rf"\bno privacy (?:for|with|on|over) (?P<ways>{_OBJECTS})",
    rf"\b{_WHO} (?:{_HOW_OFTEN} )*(?:knows?|has|have|got|had|guessed|changed) (?:all )?(?:the|my|"
    rf"our) (?:\w+ )?(?P<ways>{WAY}) (?:account )?(?:pass ?words?|log ?ins?|pin|pass ?codes?)\b",
]
_WAY_FIRST = [
    rf"\b(?P<ways>{WAY}) {_PLAIN}{{0,3}}?(?:is|are|gets?|be|been|being|was|were|goes?) {_PLAIN}"
    rf"{{0,2}}?{_SEEN_BY}\b(?! (?:by|to) (?:only )?me\b| to my (?:work|new)\b)",
    rf"\b(?P<ways>{WAY}) {_PLAIN}{{0,2}}?(?:is|are|be|feels?|seems?|account is) {_PLAIN}{{0,2}}?"
    r"(?:unsafe|risky|dangerous|joint|communal|shared|a (?:\w+ )?(?:risk|danger|problem|worry|"
    r"bad idea|no go)|out of the question|asking for trouble|on (?:his|her|their)|in (?:his|her|"
    r"their)(?: name)?|his|hers|theirs)\b",
    rf"\b(?P<ways>{WAY}) {_PLAIN}{{0,3}}?(?:is|are|be|feels?|seems?) (?:not|never)"
    r" (?:\w+ ){0,2}?(?:safe|private|secure|just mine|only mine|mine alone|a good idea|wise|"
    r"great)\b",
    rf"\b(?P<ways>{WAY}) {_PLAIN}{{0,2}}?(?:pops?|comes?|shows?|flash(?:es)?|appears?|goes?|"
    rf"go|lands?|syncs?|gets?|is|are|linked|synced|connected|delivered|forwards?|"
    rf"forwarded) {_PLAIN}"
    rf"{{0,3}}?(?:on|to|at|in|through|via|with|onto) (?:his|her|their|him|them|every ?one|"
    rf"the (?:\w+ )?(?:ipad|tablet|family|computer|tv|laptop|lock ?screen|screen|car)|"
    rf"(?:my |our |the )(?:\w+ )?{_KIN}|a shared|a joint|the shared)\b",
    rf"\b(?P<ways>{WAY}) {_PLAIN}{{0,2}}?(?:would|will|could|might|may|can) {_PLAIN}{{0,2}}?"
    r"(?:give me away|get me|be (?:seen|found|noticed|heard|opened|read|dangerous|a (?:risk|"
    r"problem|"
    r"bad idea))|cause|set (?:him|her|them) off|tip|make (?:him|her|them|it|things)|"
    r"wind (?:him|her)|"
    r"start|land me|put me|raise|worry|scare|upset|go (?:mad|mental|ballistic))\b",
    rf"\b(?P<ways>{WAY}) {_PLAIN}{{0,2}}?(?:worr(?:y|ies)|scares?|frightens?) me\b",
    # `my post, my mum opens it`: the deed may stand in the next few words
    rf"\b(?P<ways>{WAY})[^.!?;\n]{{0,40}}?{_DEED}(?:{_THEM})",
    # `if you ring he will go mad`
    rf"\bif (?:you |a |an |any |the |there is (?:a |an )?|i get (?:a |an )?|anyone |someone )*"
    rf"(?P<ways>{WAY}|{_TO_RING}\b)[^.!?;\n]{{0,30}}? (?:he|she|they|my \w+) (?:will|would|"
    rf"might|may|could)"
    r" (?!not\b)\w+",
]
_HEARS_ME = re.compile(
    rf"\b{_WHO} (?:{_HOW_OFTEN} )*(?:hears?|hearing|overhears?|listens? (?:in )?(?:to|"
    rf"when)) (?:me|us|"
    r"every|it|when|while)\b|\bthe walls are (?:\w+ )?thin\b|\bthin walls\b"
)
_THEM_ALONE = re.compile(
    rf"{_DEED}(?:{_THEM})|\b{_WHO} (?:(?:can|could|might|may|will|would|always|sometimes|also) )+"
    r"(?:see|look|read|open|hear|listen|check)s?\b(?! (?:me|after|forward|well|fine)\b)"
)
_WARNS = [re.compile(one) for one in _OBJECT_WARNS + _WAY_FIRST]
_NAMED = {name: re.compile(rf"\b(?:{words})\b") for name, words in _WAYS.items()} | {
    "ring": re.compile(r"\b(?:ring|ringing|call|calling)\b")
}
# `My mum never opens my letters` denies nothing, and names no wish.
_NOT_SEEN = re.compile(
    rf"\b{_WHO} (?:(?:does|do|will|would|can|could|did|has|have) not|never|can never|will never)"
    rf" (?:{_HOW_OFTEN} )*{_VERB} (?P<ways>{_OBJECTS})"
)
_WHO_SEES = re.compile(
    rf"(?:^|[.!?\n] )\W*who (?:else )?(?:{_HOW_OFTEN} )*{_VERB} (?P<ways>{_OBJECTS})"
)
_NOT_TO_KNOW = re.compile(
    rf"\b(?:make sure|want|want|careful|so|hope|let|letting) (?:that )?{_WHO} (?:(?:does|do|"
    rf"will|can|"
    rf"would|must|could) not |to |\w+ing )?(?:(?:{_VERB}|find out|finding out) (?:{_THEM}|"
    rf"about|out)"
    r"|know\b|knowing|see\b|find out|finding out)"
    rf"|\b{_WHO} (?:must|can|should|do|does|may) not (?:\w+ )?(?:know|find out|finding out|see)\b"
    r"(?! where| how| if| whether| me| each)"
    rf"|\b{_WHO} (?:would|will|might) (?:\w+ )?(?:find out|kill me|kill us|go (?:mad|mental|nuts|"
    r"ballistic|crazy|off)|hit the roof|flip|ask questions|be angry|be furious|want to know)\b"
)
_NOTHING_HOME = re.compile(
    r"\b(?:nothing|not anything|do not send (?:anything|things|stuff)) (?:\w+ ){0,3}?(?:to|at|"
    r"through) "
    r"(?:the|my|our) (?:house|home|door|flat|address|letter ?box)\b"
)
_ON_THEIRS = re.compile(rf"\b(?:on|to|at|in|with) (?:his|her|their) (?:\w+ )?(?P<ways>{WAY})")
_ITSELF = re.compile(
    r"\b(?:mobiles?|phones?|sim|voicemail)\b"
)  # whoever has it sees texts as well
_TAKEN = re.compile(r"\b(?:took|taken|stole|stolen|nicked|nicks)\b")
_HOLDS = re.compile(r"\b(?:has|have|got|holds?|keeps?|kept|hides?|hid) (?:\w+ )?\w+$")
_ALL_RIGHT = re.compile(
    r"\b(?:that|this|it|which|she|he) (?:is|are) (?:all right|alright|fine|ok|okay|no problem|"
    r"safe|"
    r"helping|trustworthy)\b|\bi (?:do not|never) mind\b|\bi trust\b|\bwith my (?:ok|permission)\b"
)
# Right behind the warning: `my husband can see it, no problem`. `He reads my texts. Calling is no
# problem` takes nothing back.
_NO_PROBLEM = re.compile(
    r"(?: (?:it|them|that|this))?,?(?: (?:and|but|it is|that is|this is|which is))* "
    r"(?:no|not a) problem\b(?! (?:with|for|if|to|by)\b)"
)
_OURS = re.compile(r"^\W*(?:who|does|do|will|can|could|would|is|are) [^?]*\?")
_OUR_PEOPLE = re.compile(r"\b(?:who|any ?(?:one|body)|every ?(?:one|body)|people|others?|they)\b")


@dataclass(frozen=True)
class Warned:
    """The ways that a message warns of, where it names them, and the words that warn.

    ``doubtful`` are those that a plain wish in the same message may still hold for: who has a
    phone in their hands sees its texts, but may hear no call.
    """

    ways: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    spans: tuple[Span, ...] = ()
    words: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ways or self.doubtful)


def read(text: str, only: Callable[[str, re.Match[str]], bool] | None = None) -> Warned:
    """What plain words warn of; nothing when they warn of nothing.

    ``only`` says which warnings count; with it those that name no way do not.
    """
    found = [one for pattern in _WARNS for one in pattern.finditer(text)]
    warning = [one for one in found if _warns(text, one) and (only is None or only(text, one))]
    told = [one for how in (_NOT_SEEN, _WHO_SEES) for one in how.finditer(text)]
    told += [one for one in found if _is_a_question(text, one)]
    spans = [one.span("ways") for one in told]
    ways: set[str] = set()
    doubtful: set[str] = set()
    for one in warning:
        for name, span in _named(text, *one.span("ways")):
            strong, weak = _meant(name, text[slice(*span)], one.group())
            ways |= strong
            doubtful |= weak
            spans.append(span)
    words = [one.span() for one in warning]
    for way, others in () if only else _unnamed(text, alone=not words):
        (doubtful if way == "phone" else ways).add(way)
        words.append(others.span())
    if words:
        spans += [one.span("ways") for one in _ON_THEIRS.finditer(text)]
    return Warned(frozenset(ways), frozenset(doubtful - ways), tuple(spans), tuple(words))


def _unnamed(text: str, *, alone: bool) -> Iterator[tuple[str, re.Match[str]]]:
    """Warnings that name no way; ``alone``: no other words of the message warn."""
    heard, home = _HEARS_ME.search(text), _NOTHING_HOME.search(text)
    if heard and _warns(text, heard):
        yield "phone", heard
    if home:
        yield "letter", home
    seen = _THEM_ALONE.search(text) or _NOT_TO_KNOW.search(text)
    if alone and seen and not (heard or home) and _warns(text, seen):
        yield THIS_WAY, seen


def _warns(text: str, found: re.Match[str]) -> bool:
    """Whether it is a warning: no question about us, nor what they say is all right."""
    is_fine = _ALL_RIGHT.search(text, found.end()) or _NO_PROBLEM.match(text, found.end())
    return not (_is_a_question(text, found) or is_fine)


def _is_a_question(text: str, found: re.Match[str]) -> bool:
    start = max(text.rfind(mark, 0, found.start()) for mark in ".!?;\n") + 1
    return bool(_OURS.match(text[start:]) and _OUR_PEOPLE.search(text[start : found.end()]))


def ways_in(text: str, start: int, end: int) -> set[str]:
    """The ways that are named within ``text[start:end]``."""
    return {name for name, _ in _named(text, start, end)}


def _named(text: str, start: int, end: int) -> list[tuple[str, Span]]:
    """The ways within, each once: `phone` within `home phone` is the landline."""
    named: list[tuple[str, Span]] = []
    for name, words in _NAMED.items():
        for found in words.finditer(text, start, end):
            if all(found.end() <= one[1][0] or found.start() >= one[1][1] for one in named):
                named.append(("phone" if name == "ring" else name, found.span()))
    return named


def _meant(name: str, word: str, deed: str) -> tuple[set[str], set[str]]:
    """The ways that are surely and perhaps not safe, where others get at one."""
    if name != "phone" or not _ITSELF.search(word):
        return {name}, set()
    if _HOLDS.search(deed):
        return {"phone", "text"}, set()
    return (set(), {"phone", "text"}) if _TAKEN.search(deed) else ({"text"}, {"phone"})

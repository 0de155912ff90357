"""Words that show that it befell a stranger, and that the writer was there."""

from __future__ import annotations

import re

# `Not my car`, `no idea whose it was`: what was harmed is a stranger's.
_NOT_MINE = re.compile(
    r"\b(?:not|never) (?:mine|ours|(?:my|our) (?:own )?(?:car|van|motor|bike|house|home|flat|"
    r"place|shop|street|road|dog|cat|horse|pony|property|things?|stuff|garden|fence|window|shed|garage|"
    r"chapel|church|school|business|neighbour|friend|mate|family))\b"
    r"|\b(?:do|did) not know (?:whose|who it belong\w*|who owns)\b"
    r"|\bno idea (?:whose|who owns|who it belong\w*)\b"
    r"|\bbelong(?:s|ed)? to (?:someone|somebody) else\b"
    r"|\bnothing (?:at all )?(?:to do with (?:me|us)|happened to (?:me|us))\b"
)
_STRANGER = (
    r"(?:man|woman|lad|lass|girl|boy|bloke|chap|fella|guy|kid|lady|gentleman|gent|couple|pensioner|"
    r"driver|stranger|person|shop ?keeper|shopper|teenager|youth|warden|cyclist|student|tramp|"
    r"passenger|waitress|nurse|steward|bouncer|doorman|homeless \w+|(?:old|elderly) \w+)"
)
_HARM = (
    r"(?:attack|assault|batter|beat|bottl|burgl|chas|chok|deck|drag|glass|grabb?|headbutt|hit|hitt|"
    r"kick|knock|mugg?|pinn?|punch|push|robb?|shov|slap|slapp|slash|smack|snatch|spat|spit|stab|"
    r"stabb|stamp|strangl|swing|swung|thump|trip|tripp)(?:s|es|ed|e|en|ing)?"
)
# `Kicking a man on the ground`, `the old couple were robbed`: done to somebody the writer names
# as one names a stranger.
_DONE_TO_A_STRANGER = re.compile(
    rf"\b{_HARM} (?:down |over |up |on |at |off |from |about )?"
    rf"(?:a|an|the|this|that|some|one|another|two|three) (?:\w+ ){{0,2}}?{_STRANGER}s?\b"
    rf"|\b(?:a|an|the|this|that|some|two|three) (?:\w+ ){{0,2}}?{_STRANGER}s? (?:\w+ ){{0,3}}?"
    rf"(?:was|were|got|is|are|get|getting|being|has been|have been|had (?:his|her|their)) "
    rf"(?:being |getting |been )?(?:\w+ )?(?:{_HARM}|jumped|thrown|stolen)\b"
    r"|\b(?:the|these|those|some) (?:\w+ )?(?:lads|men|women|girls|workers|people|boys)\b"
    r"[^.!?]{0,60}\b(?:are|is|being|were) (?:being )?(?:kept|held|locked in|made to work)\b"
)
# `A man had his wife by the ear`, `a dad dragging a small boy`: strangers among themselves.
_AMONG_STRANGERS = re.compile(
    r"(?<!my )(?<!our )\b(?:man|woman|lads?|girls?|boys?|blokes?|chap|fella|fellow|guy|dad|mum|"
    r"gent|gentleman|owner|supervisor|foreman|men|kids|somebody|someone)(?: \w+){0,5}? "
    rf"(?:{_HARM}|drag(?:s|ged|ging)?|twist\w*|pinch\w*|yank\w*|surround\w*|spat at|"
    r"screamed at|shouted at|tipped|threw|lobbed|flick\w*|following|follows) (?:\w+ ){0,2}?"
    r"(?:a|an|two|his|her|their|another) (?:\w+ ){0,3}?(?:wife|girlfriend|boy|girl|lad|woman|man|"
    r"lady|bloke|steward|chap|fella|kid|child|son|daughter|one|baby|mum)s?\b"
)
_DONE_TO_ME = re.compile(
    rf"\b{_HARM} (?:\w+ )?(?:at |on |off |past |into |from )?(?:me|us|my|our)\b"
    rf"|\b(?:i|we) (?:was|were|got|am|have been|am being|keep getting|am getting) (?:\w+ )?"
    rf"(?:{_HARM}|followed|chased|threatened|hurt|jumped)\b"
    r"|(?<!not )\b(?:my|our) (?:own )?(?:phone|purse|wallet|bag|handbag|watch|money|face|arm|head|"
    r"back)\b"
    r"|\b(?:threaten\w*|follow\w*|hurt\w*|took|stole|nicked|broke|smash\w*|damag\w*|grop\w+) "
    r"(?:\w+ )?(?:me|us|my|our)\b"
)
# Who was there saw it, heard it, rang about it or stood by.
_THERE = re.compile(
    r"\b(?:i|we)(?: have| had)? (?:\w+ ){0,2}?(?:saw|seen|see|watched|witnessed|spotted|noticed|"
    r"heard|caught|clocked|filmed|recorded|shouted|screamed|stopped|pulled|intervened|"
    r"looked (?:out|up|over|round)|rang|called|dialled|phoned)\b"
    r"|^\W*(?:just |only )?(?:saw|seen|heard|watched|witnessed|spotted)\b"
    r"|\b(?:in front|ahead) of (?:me|us)\b|\bpass(?:er|ers) ?by\b|\b(?:dash|helmet) ?cam\b"
    r"|\b(?:i|we) (?:was|were) (?:\w+ )?(?:on|in|at|sat|stood|sitting|standing|passing|walking|"
    r"driving|waiting|putting|there|behind|opposite|queu\w+)\b|\bjust (?:passing|walking past)\b"
    r"|\bfrom (?:my|our|the) (?:\w+ )?(?:window|balcony|garden|bus|car|landing|ladder)\b"
    r"|\bon (?:the|my) (?:top deck|platform|train|bus|tram|self checkout)\b"
    r"|\bevery day at the bus stop\b|\bnobody (?:moved|did (?:nothing|anything))\b"
    r"|\b(?:i|we) (?:just )?(?:said oi|said nothing|did nothing|did not do anything|froze|"
    r"picked up|pulled the|offered|intervened)\b"
)


def of_a_stranger(text: str) -> bool:
    """Whether it was done to a stranger or to what is not the writer's, and not to the writer."""
    done = (
        _NOT_MINE.search(text)
        or _DONE_TO_A_STRANGER.search(text)
        or (_AMONG_STRANGERS.search(text) and was_there(text))
    )
    return bool(done) and not _DONE_TO_ME.search(text)


def was_there(text: str) -> bool:
    """Whether the writer saw or heard it, or stood by."""
    return bool(_THERE.search(text))

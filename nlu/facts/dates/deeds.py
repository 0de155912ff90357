"""The words for what was done, in the clause of a time or beside it."""

from __future__ import annotations

import re
from datetime import timedelta

from nlu.facts.dates.phrases import Named

EVENT = re.compile(
    r"\b(?:happen(?:ed|ing)|occurred|took place|burgle\w*|burglary|"
    r"robb\w+|mugg\w+|stole|stolen|steal\w*|nick(?:ed)?|taken|took|"
    r"swiped|pinched|"
    r"attack\w*|assault\w*|hit|hits|punch\w*|kick\w*|slap\w*|beat|beaten|"
    r"stabb\w*|shot|strangled|choked|headbutted|glassed|jumped|"
    r"raped?|touched|grop\w+|grabbed|flash\w+|spik\w+|drugged|exposed|"
    r"follow\w+|stalk\w*|harass\w*|threaten\w*|blackmail\w*|"
    r"broke\w*(?! up)|broken|smash\w*|kicked in|forced|keyed|damag\w*|vandal\w*|"
    r"slash\w*|graffiti\w*|sprayed|egged|dumped|threw|thrown|lobbed|"
    r"set fire|burn\w*|torch\w*|arson|"
    r"scam\w*|conned|defraud\w*|fraud|hack\w*|lost|transferred|paid|cloned|phish\w*|"
    r"kill\w*|murder\w*|died|dead|death|passed|knocked down|run over|crash\w*|collision|"
    r"abus\w+|bull(?:y|ied|ying)|shout\w*|swore|spat|spit|call(?:ed|"
    r"ing) me|insult\w*|screamed|ripped|pulled|pushed|shoved|chased|"
    r"barged|"
    r"got in|came in|came at|climb\w*|getting in|jemm\w+|incident|ransacked|"
    r"(?:had|have) come in|(?:last|latest|most recent) (?:one|time) was|"
    r"break[ -]?ins?|theft|mugging|"
    r"pretend\w*|claim(?:ed|ing) to be|pos(?:ed|ing) as|"
    r"raid\w*|shoplift\w*|gone|missing|snatch\w*|pickpocket\w*|done over|"
    r"entered|pinned|forced|hurt|injur\w+|incident|crime|it was|that was|"
    r"this was|made me|tried to|turned up|held|ran off|rode off|drove into|"
    r"put (?:the|my|our|a brick) (?:\w+ )?(?:window|through)|posted|"
    r"shared|sent|turned over|had (?:it|my \w+|our \w+) away|put (?:through|in)|controll\w*|"
    r"groom\w*|exploit\w*|traffick\w*|cuckoo\w*|tricked|set (?:alight|light)|scrap(?:ed|ing)|"
    r"scratch\w*|relieved|forced off|held up|knifepoint|lifted|conned|witnessed|codes|"
    r"had (?:the|my|our|all) (?:\w+ ){1,3}(?:out|off|away|open)|stopped me|"
    r"set about|stamped on|split my|put a (?:lit )?firework|went up|shot|poisoned|"
    r"woke up in|daubed|"
    r"emptied|drained|stripped|s[iy]phoned|swindled|cleared out|cut (?:through|open)|"
    r"brick (?:\w+ )?(?:through|thru)|"
    r"yell\w*|holler\w*|jeer\w*|taunt\w*|heckl\w*|catcall\w*|spitting|hurl\w*|chuck\w*|flung|"
    r"pelt\w*|throwing|hassl\w*|pester\w*|corner(?:ed|ing)|surrounded|thump\w*|smack\w*|decked|"
    r"clouted|elbow(?:ed|ing)|shov\w+|trip(?:ped|ping) me|tip(?:ped|ping) (?:me|him|her|us)|bit "
    r"(?:me|my|him|her)|bitten|trash\w*|ramm(?:ed|ing)|tore|rampag\w*|daub\w*|bruis\w+|"
    r"finger ?marks|black eye|refus\w+ to pay|without paying|(?:did|done) a runner|"
    r"(?:went|gone|walked|vanished|disappeared) (?:off|from) (?:the|my|our|his|her) (?:\w+ )?"
    r"(?:drive|driveway|street|road|car park|garden|porch|bike rack|line|shed)|"
    r"(?:made|walked|legged it|ran|drove|rode) off with|locked (?:me|us|him|her) (?:in|out)|"
    r"(?:saw|watched|seen) (?:a|an|the|two|three|some) (?:\w+ )?(?:man|men|woman|lads?|boys?|"
    r"girls?|blokes?|lorry|car|van|bus|gang|kids|cyclist|driver)|"
    r"woke up at (?:a|his|her) (?:party|house|flat)|"
    r"changed the locks on|(?:moved|gave|sent|lent) (?:\w+ )?(?:about |over |nearly )?(?:£ ?)?\d|"
    r"woke (?:up )?to (?:a|an|find|someone|somebody|the)|saw it (?:again|happen)|"
    r"had a (?:pop|go) at|break(?:s|ing)? (?:the |my |our |a )?(?:glass|window|door|lock)|"
    r"(?:i|we) (?:came|got|arrived|come(?= \w+ from)) (?:back|home|in)(?! touch))\b"
)
# `We were waiting for the bus yesterday and a man yelled`: one time for the scene and the deed.
_SCENE = re.compile(r"\b(?:was|were)(?: just| only| still| out| all)? \w+ing\b")
# `Someone pushed burning paper in while I was opening up on Friday`
_WHILE = re.compile(
    r"(?P<deed>[^.!?]*)\b(?:while|when|as) (?:i|we|he|she|they|(?:my|our) \w+) (?:was|were) "
    r"\w+ing\b[^.!?,;]{0,30}$"
)
_AND_THEN = re.compile(r"^,? ?(?:and|when|then|as)\b")
# `He moved out on the 1st and took my camera`: what follows is done by the same, at the same time.
_AND_DID = re.compile(r"^ and (?:then |also |just |has )?")
_DIED = re.compile(r"\b(?:died|passed|lost)\b")
_ANOTHER_TIME = re.compile(
    r"\b(?:yesterday|today|tonight|last|this|ago|since|now|then on|(?:mon|tues|wednes|thurs|fri|"
    r"satur|sun)day|later|(?:in|by|until) (?:19|20)\d\d)\b"
)
_PAST_DEED = re.compile(
    r"\b(?:was|were|got|had|came|went|\w+ed|bought|met|found|saw|somebody|someone)\b"
)
_A_FEW_DAYS = timedelta(3)
_FOUND_WHEN = re.compile(
    r"\b(?:found(?! out)|noticed|saw|spotted|discovered|realised) (?:it|them|this|that|my \w+)?"
    r"[^.!?]{0,20}\b(?:when|as|after) (?:i|we|he|she|my \w+) [^.!?,]{0,40}$"
)


def happens_beside(before: str, clause: str, rest: str) -> bool:
    """Whether the deed of a time stands beside its clause.

    ``before`` is the text up to the time, ``rest`` what follows in its sentence.
    """
    during = _WHILE.search(before)
    if _FOUND_WHEN.search(before) or (during and EVENT.search(during["deed"])):
        return True
    follows = re.split(r"[,;]| (?:but|because|while) ", rest.lstrip(" ,"), maxsplit=1)[0]
    if _ANOTHER_TIME.search(follows):
        return False
    if _SCENE.search(clause) and _AND_THEN.match(rest):
        return bool(EVENT.search(rest))
    did = _AND_DID.match(rest)
    return bool(did and EVENT.match(follows, did.end() - 1) and not _DIED.search(follows))


def begins_a_story(time: Named, clause: str) -> bool:
    """Whether a day's clause tells anything done: `On Saturday I had a message from my son`.

    It may be anything, for the crime follows.
    """
    day = time.last - time.first <= _A_FEW_DAYS and not time.ongoing and time.kind != "for"
    return day and bool(_PAST_DEED.search(clause))

"""Is this time about what happened? The words around it decide."""

from __future__ import annotations

import re
from datetime import date, timedelta

from nlu.facts.dates import lengths, other_times
from nlu.facts.dates.clauses import clause_of, opens_sentence, rest_of_sentence, start_of_clause
from nlu.facts.dates.deeds import EVENT, begins_a_story, happens_beside
from nlu.facts.dates.learnt import is_of_finding_out
from nlu.facts.dates.phrases import Named

_TOLD = re.compile(
    r"\breport(?:ed|ing)?\b|(?<!someone )(?<!somebody )(?<!a man )(?<!woman )(?<!bloke )"
    r"(?<!fella )(?<!he )(?<!she )(?<!who )"
    r"\b(?:called(?! (?!cops\b)\w+s\b)|(?:rang|phoned|emailed|messaged)(?! me\b| us\b))\b(?! 999)|"
    r"\b(?:bank|support|school|council|insur\w+|hospital|solicitor|operation|lawyer|cps|court|"
    r"refuge|charity|social (?:services|worker)|teacher|neighbou?r|manager|boss|landlord|mate|"
    r"friend|sister|brother|mum|dad|son|daughter|carer) "
    r"(?:\w+ ){0,3}(?:called|rang|phoned|emailed|messaged)\b|"
    r"\b(?:told|tell)\b(?! (?:me|us)\b)|\b(?:rung|spoke to|spoken|contacted|wrote|informed)\b"
    r"|\b(?:went|been|gone|came) (?:down )?to (?:the |our )?(?:police|station|nick|cop shop)\b"
    r"|\b(?:police(?:man|woman)?|officers?|pcso|detective|csi|soco) (?:\w+ )?(?:came|"
    r"come|coming|turned|attended|took|rang|called|visited|said|told|phoned|"
    r"gave|are|were|arrived)\b|\bstatement\b|\bgot in touch\b|\bletter\b"
)
# Who rings under a false name does the deed itself.
_PRETENDING = re.compile(
    r"\b(?:pretend\w*|claim(?:ed|ing) to be|pos(?:ed|ing) as|impersonat\w+)\b"
)
_TAKEN_IN = re.compile(
    r"\b(?:i|we|mum|dad) (?:gave|moved|transferred|paid|sent|read out)\b(?! (?:a |my )?statement)"
    r"|\b(?:safe account|pin|passcodes?|codes?|card (?:number|details))\b"
)
_CALLED = re.compile(r"\b(?:called|rang|phoned)$")
_I_CALLED = re.compile(r"\b(?:i|we) (?:\w+ )?(?:called|rang|phoned)\b")
_OTHER = re.compile(
    r"\b(?:court|hearing|trials?|sentenc\w+|inquest|appeal|barrister|judge|magistrates?|"
    r"appointment|tomorrow|next(?! doors?\b| to\b)|"
    r"will|going to|(?<!peeled )(?<!wide )(?<!forced )(?<!cut )(?<!prised )(?<!levered )open|"
    r"opens|close(?! of business)|closes|closed|opening|(?<!early )(?<!small )hours|available|"
    r"office|call me|ring me|text me|email me|contact me|reach me|phone me|"
    r"call back|get back to|speak to (?:me|someone|somebody|you)|"
    r"(?<!has )(?<!have )(?<!had )come back|radio|(?:non[- ]mol\w*|restraining|court) order|"
    r"injunction|i (?:have )?(?:blocked|dumped|finished with|turned down)|"
    r"paid (?:it|them|him|her) off|"
    r"born|birthday|dob|date of birth|aged|years? old|married|moved|"
    r"lived|living|live|bought|paying (?:it|them|her|him) off|"
    r"been together|together|been apart|been with|met|"
    r"split up|(?:we|had|have) split|separated|broke up|divorced|left him|left her|"
    r"i (?:have )?left|pregnant|due|exams?|"
    r"operation|surgery|hip|job|doctor|gp|dr|counsell\w+|therap\w+|"
    r"interview|parade|meeting|insurance|bail|released|prison|jail|"
    r"parole|diagnos\w+|retired|deadline|expires?|widowed|known|worked|"
    r"working|work here|employed|owned|had (?:the|my|this|it|a)|renting|"
    r"friends|clean|sober|waiting|hear back|heard (?:back|from|anything|"
    r"nothing)|update|updates|"
    r"can i|could i|may i|shall i|should i|want|would like|need|please|"
    r"hope|is anyone|are you|do you|slept|sleep\w*|eaten|feel|feeling|"
    r"felt|crying|cried|nightmares?|anxious|scared|frightened|awake|"
    r"off work|off school|not been out|not left|woke|wake|better|worse|"
    r"struggling|usually|normally|holiday|wedding|visits?|funeral|shift|"
    r"pension|paid (?:me|on)|payday|bin day|happy|merry|(?<!the )(?<!our )(?<!my )till|until|"
    r"rent|mortgage|bills?|"
    r"how many|when is|turn(?! left| right)|me from|break(?![ -]?ins?\b))\b"
)
_FUTURE = re.compile(
    r"\b(?:court|hearing|trials?|next(?! doors?\b| to\b)|will(?! have been)|going to|"
    r"tomorrow|appointment|coming up|due|opening|meeting)\b"
)
_PAST = re.compile(r"\b(?:was|were|got|been)\b")
TELLS_FIRST = frozenset({None, "welcome", "crime_type"})
_IN_COURT = re.compile(
    r"\b(?:court|hearing|trials?|sentenc\w+|appointment|caution(?:ed)?|convicted|charged|jailed|"
    r"imprisoned|sent down|got life)\b"
)
# `Told me last night I'd better not turn up at court`
_KEPT_FROM_COURT = re.compile(
    r"\bnot (?:to )?(?:turn(?:ing)? up|go|come|appear|give evidence|testify|speak|talk)\b|"
    r"\bdrop (?:the |all )?(?:charges|case|it)\b"
)
# `I ran away on Saturday`: the way out, not what was done before it.
_ESCAPED = re.compile(
    r"\b(?:i|we|she|he) (?:have |has |had )?(?:\w+ )?(?:(?:ran|run|got|get) (?:away|out)|escap\w+|"
    r"fled|broke free)\b"
    # what was settled before it began
    r"|\b(?:paid|paying) (?:it|them|him|her) (?:all )?off\b"
)
_QUESTION_FIRST = re.compile(
    r"^\W*(?:can|could|will|would|do|does|are|is|when|what|how|who|"
    r"where|should|may)\b"
)
_CORRECTING = re.compile(
    r"\b(?:sorry|meant|mean|actually|no,?|not|wrong|correction|should be|"
    r"make that)\b"
)
# `I look at the letter and it wasn't Halloween, it was the 30th`: put right, whatever was asked.
_NOT_BUT = re.compile(
    r"\b(?:it|that) (?:was|is) not (?:on |the |in |at )?(?:\w+ ){0,2}\w+,? (?:but |no )?"
    r"(?:it|that) (?:was|is)\b[^.!?]{0,40}$"
    r"|\b(?:sorry|actually|my mistake|tell a lie),? (?:it|that) (?:was|is|happened)\b[^.!?]{0,16}$"
)
_KIN = (
    r"husband|wife|mum|dad|mother|father|nan|gran\w*|brother|sister|partner|son|daughter|uncle|aunt|"
    r"auntie|cousin|friend|baby|boy|girl|lad|child"
)
# A grief told beside a crime: `I lost my mum in May and now a man has taken her ring`.
_GRIEF = re.compile(
    rf"\b(?:lost|losing|buried) (?:my|our) (?:\w+ ){{0,2}}?(?:{_KIN})\b|"
    rf"\b(?:he|she) (?:died|passed away)\b|"
    rf"\b(?:my|our) (?:\w+ )?(?:{_KIN})\b.*\b(?:died|passed|death|funeral)"
)
_KILLED = re.compile(
    r"\b(?:kill\w*|murder\w*|manslaughter|stabb\w*|shot|crash\w*|collision|run over|knocked|"
    r"drunk|driver|lorry|inquest|(?:who|that) (?:did (?:it|this)|is on trial)|"
    r"the (?:murder )?trial|charged)\b"
)
_DIED = re.compile(r"\b(?:died|passed away|passed|lost (?:his|her|their) life)\b")
_OF_WHAT = re.compile(r" (?:after|from|of|because of|following) (?:the|a|an|being|his|her|that) ")
# `I was burgled in 2019, now they have taken my tools`: a year or more beside what happens now.
_AND_NOW = re.compile(
    r"\b(?:and|but|,) ?now (?:they|he|she|someone|somebody|it|this|my|our) (?:\w+ )?"
    r"|\band this (?:week|month|morning)\b"
)
_YEAR = timedelta(300)
_ONLY_WHEN = re.compile(
    r"\W*(?:(?:on|in|at|about|around|just|after|before|it was|that was|half|past|quarter|to|the|"
    r"o'clock|am|pm|ish|\d{1,2}(?:[:.]\d\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|noon|midnight)\b\W*)*"
)
_BARE = re.compile(r"\W*(?:(?:on|in|at|about|around|just|only|it was|that was|back)\b\W*)*")
# Questions whose answers have times of their own.
# `I was burgled in 2019, but this time it is my mother`
_THIS_TIME = re.compile(
    r"\b(?:but|and|so) (?:\w+ ){0,5}?this time\b|\bbut this is (?:my|her|his)\b"
)
_IT_WAS_THEN = re.compile(r"\bit (?:all )?(?:was|happened)\b(?! (?:reported|told))[^.!?]{0,40}$")
_IT_WAS = re.compile(r" (?:it|that) (?:was|happened)\b")
ABOUT_OTHER_THINGS = frozenset(
    {"reported", "needs", "contact", "safe_now", "consent", "vulnerability", "offer_human",
     "offer_services", "feedback"}
)  # fmt: skip


def weight(text: str, time: Named, question: str | None, *, tells: bool, today: date) -> int:
    """How likely the time is when it happened: 0 is not, more is likelier.

    ``tells`` when the message tells of a crime at all.
    """
    if other_times.is_excluded(text, time, today) or _of_another_time(text, time):
        return 0
    if question != "when" and is_of_finding_out(text, time):
        return 0
    clause = clause_of(text, time)
    if other_times.is_counted(text, time, clause):
        return 0
    if question == "when":
        return 1 if _FUTURE.search(clause) else 2 + _plus(clause)
    return _unasked(text, time, clause, question, tells=tells, today=today)


def _of_another_time(text: str, time: Named) -> bool:
    """Whether what follows tells the time that counts."""
    long_ago = time.last - time.first > _YEAR and not time.ongoing and time.kind != "for"
    after = (time.end, time.end + 80)
    if not long_ago:
        return bool(_THIS_TIME.search(text, *after))
    now = _AND_NOW.search(text, *after)
    sentence = text[now.end() :].partition(".")[0] if now else ""
    return bool(_THIS_TIME.search(text, *after) or EVENT.search(sentence))


def noticed(text: str, time: Named) -> bool:
    """Whether the time is that of seeing what had happened, or of dying of it later."""
    clause = clause_of(text, time)
    died_of_it = _DIED.search(clause) and _OF_WHAT.match(rest_of_sentence(text, time))
    return other_times.is_noticed(clause) or bool(died_of_it)


def is_of_death(text: str, time: Named) -> bool:
    """Whether all that is told of the time is that somebody died then."""
    clause = clause_of(text, time)
    return bool(_DIED.search(clause)) and not _KILLED.search(clause)


def _unasked(
    text: str, time: Named, clause: str, question: str | None, *, tells: bool, today: date
) -> int:
    if lengths.is_of_other_things(text, time, clause) or _ESCAPED.search(clause):
        return 0
    lasts = time.kind == "for" or time.ongoing
    goes_on = lasts and (
        lengths.goes_on(text, time, clause) or lengths.stands_alone(text, time, clause)
    )
    event = bool(
        EVENT.search(clause)
        or goes_on
        or _IT_WAS.match(text, time.end)
        or happens_beside(text[: time.start], clause, rest_of_sentence(text, time))
    )
    if _about_telling(text, time, clause) or (not event and _asks(text, time)):
        return 0
    if _GRIEF.search(clause) and not _KILLED.search(text):
        return 0
    if _NOT_BUT.search(text[: time.start]):
        return 3
    if question in ABOUT_OTHER_THINGS:
        # who says nothing else answers what was asked before, or will be
        alone = question == "safe_now" and (
            time.end - time.start >= len(text.strip(" .!"))
            or _IT_WAS_THEN.search(text, 0, time.start)  # `It was in Paston, Thursday evening`
        )
        return 2 if alone or (event and not _OTHER.search(clause)) else 0
    if event:
        return _with_event(clause)
    if _of_other_things(text, time, clause, today):
        ahead = _FUTURE.search(clause) or _IN_COURT.search(clause)
        first = tells and question in TELLS_FIRST and opens_sentence(text, time)
        return int(first and not ahead and begins_a_story(time, clause))
    return _beside_no_deed(text, time, clause, question, tells=tells, today=today)


def _beside_no_deed(
    text: str, time: Named, clause: str, question: str | None, *, tells: bool, today: date
) -> int:
    words = len(text.split())
    now = time.first == time.last == today  # `not tonight` tells nothing
    short = not now and words <= 6 and time.end - time.start >= len(text) // 3
    if question == "where" and _ONLY_WHEN.fullmatch(clause):
        return 1  # `by the bandstand, about nine on Sunday`
    return 1 if tells or short or (_CORRECTING.search(clause) and not now) else 0


def _with_event(clause: str) -> int:
    if _IN_COURT.search(clause) and not _KEPT_FROM_COURT.search(clause):
        return 0
    return 1 if _FUTURE.search(clause) and not _PAST.search(clause) else 3


def _plus(clause: str) -> int:
    if _TOLD.search(clause):
        return 0
    if _OTHER.search(clause):
        return 1
    return 2 + bool(EVENT.search(clause))


def _about_telling(text: str, time: Named, clause: str) -> bool:
    """`Reported it on Monday`: nearer to the telling than to the deed."""
    told = list(_TOLD.finditer(clause))
    if not told and _BARE.fullmatch(clause) and _told_before(text, time):
        return True
    if not told or _PRETENDING.search(clause):
        return False
    # `a man from the bank rang and I read out my pin`: the call is the deed
    called = all(_CALLED.search(word.group()) for word in told) and not _I_CALLED.search(clause)
    if called and _TAKEN_IN.search(rest_of_sentence(text, time)):
        return False
    start = start_of_clause(text, time)
    at = time.start - start
    deeds = [_gap(deed, at, time) for deed in EVENT.finditer(clause)]
    return not deeds or min(_gap(word, at, time) for word in told) < min(deeds)


def _told_before(text: str, time: Named) -> bool:
    """`Police have been told, about a week since.`: of what its sentence says before."""
    begin = max(text.rfind(mark, 0, time.start) for mark in ".!?\n") + 1
    said = text[begin : time.start]
    told = _TOLD.search(said) or re.search(r"\bpolice\b", said)
    return bool(told) and not EVENT.search(said)


def _gap(word: re.Match[str], at: int, time: Named) -> int:
    if word.end() <= at:
        return at - word.end()
    return max(0, word.start() - (at + time.end - time.start))


def _asks(text: str, time: Named) -> bool:
    if _QUESTION_FIRST.search(text) and not re.search(r"[.!?\n]", text.rstrip(" .!?\n")):
        return True  # one question, also without its mark
    ends = re.search(r"[.!?\n]", text[time.end :])
    if not ends or ends.group() != "?":
        return False
    begin = max(text.rfind(mark, 0, time.start) for mark in ".!?\n") + 1
    return bool(_QUESTION_FIRST.search(text[begin : time.start]))


def _of_other_things(text: str, time: Named, clause: str, today: date) -> bool:
    """Whether a time whose clause names no deed is that of another thing."""
    if _OTHER.search(clause) or _IN_COURT.search(clause):
        return True
    if other_times.is_of_another_thing(text, time, clause):
        return True
    told = clause
    if opens_sentence(text, time):  # `On boxing day, I forget how, he came round`
        told += rest_of_sentence(text, time)
    return other_times.is_to_come(text, time, told, today) and not EVENT.search(told)

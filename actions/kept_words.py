"""Words that no field of the record holds: they stay in the chat, and that is said."""

import re

from actions.agreeing import is_unsure
from actions.names import Slot
from actions.questions import FEELINGS
from actions.reading import Turn
from actions.standing import FIELD_OF, Course
from actions.taking_out import AT_THE_END
from knowledge.assessment.model import GROW, Fact, Record

ENOUGH = 3  # words; fewer tell a co-ordinator nothing
# Open questions, where an answer in one's own words is taken though no field holds it.
OPEN = (Slot.NEEDS, Slot.VULNERABILITY)
AGREES = frozenset({"affirm", "thank", "carry_on"})
ASIDE = frozenset({"skip", "not_sure", "stop", "goodbye", "go_back", "start_again", "rude"})
_PART = re.compile(r"[.!?;\n]+|,|\b(?:and|but|except|although)\b", re.IGNORECASE)
_BUT = re.compile(r"\b(?:but|except|although|only)\b", re.IGNORECASE)
# Words that say only that something is right, wrong or to be changed.
_SAYS_LITTLE = re.compile(
    r"\b(?:yes|yeah|yep|yup|no+|nope|nah|ok|okay|please|thanks?|thank you|sorry|wait|hang on|oh"
    r"|well|it'?s|its|it is|it was|that'?s|that is|that|this|it|is|was|all|not|isn'?t|quite|right"
    r"|wrong|correct|incorrect|true|something|someone|anything|nothing|change|take|out"
    r"|pass(?: it)? on|don'?t|do|you|i|can|may|should|why|does|say|says|said|there|here)\b",
    re.IGNORECASE,
)


def has_words_to_keep(turn: Turn, told: list[Fact], record: Record, course: Course) -> bool:
    """Whether a message says more than the record took from it, where that should be said."""
    if turn.choice is not None or record["consent"] is False or course.again is not None:
        return False
    asked_back = is_unsure(turn) and not told
    if asked_back or not _is_the_place(turn, told):
        return False
    text = turn.text.replace("\u2019", "'")
    if turn.intent in AGREES and turn.asked in AT_THE_END:
        _, *after = _BUT.split(text, maxsplit=1)
        text = " ".join(after)
    read = [one.as_said.lower() for one in told if one.as_said and _is_applied(one, record)]
    return any(_has_more(part, read) for part in _PART.split(text.lower()))


def _is_applied(fact: Fact, record: Record) -> bool:
    if fact.name == "consent":
        return False  # the words around a yes say more than that
    return not fact.in_passing or fact.name in GROW or record[fact.name] == fact.value


def _is_the_place(turn: Turn, told: list[Fact]) -> bool:
    puts_right = turn.intent not in ASIDE and not turn.intent.startswith("ask_")
    if turn.asked in AT_THE_END or turn.intent == "correct":
        return puts_right
    if turn.asked not in OPEN or turn.intent not in (*FEELINGS, "affirm"):
        return False
    return FIELD_OF[turn.asked] not in {fact.name for fact in told}


def _has_more(part: str, read: list[str]) -> bool:
    """Whether enough words are left of a part without those that were read in it."""
    if not part.strip() or any(part.strip() in said for said in read):
        return False
    for said in read:
        part = part.replace(said, " ")
    return len(_SAYS_LITTLE.sub(" ", part).split()) >= ENOUGH

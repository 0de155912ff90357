"""What an answer means only because of the question it answers."""

import re
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any

from actions.agreeing import ONLY_RIGHT, Agreement, agreement, opens_with_no
from actions.hours import hours_of
from actions.names import Slot
from actions.reading import Turn
from knowledge.assessment.model import NEEDS

Found = tuple[str, Any] | None

LONGEST = 160  # characters of a person's own words in the record


class Times(StrEnum):
    """Safe times that nobody put into words: bot/words.yml says them."""

    AS_TOLD = "as_told"
    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


# What answers the question about extra rights in a person's own words.
VULNERABLE = {
    "under_18": re.compile(r"\b(?:under (?:18|eighteen)|1[0-7]|still at school)\b"),
    "disability": re.compile(
        r"disab|wheelchair|\bdeaf|\bblind|stroke|cancer|dementia|parkinson|epilep|diabet|asthma"
        r"|arthriti|\bcopd\b|heart|\bill(?:ness)?\b|\bms\b"
    ),
    "mental_health": re.compile(
        r"mental|depress|anxi|ptsd|bipolar|panic|autis|adhd|asperger|learning|schizo"
    ),
    "afraid": re.compile(r"scared|afraid|fright|fear|terrif|intimidat"),
    "targeted": re.compile(r"again(?!st)|keeps?\b|picked on|target|every (?:day|week|night)"),
    "badly_hurt": re.compile(
        r"(?:badly|seriously|severely) (?:hurt|injured|beaten|burnt|burned)|\bstab|\bshot\b"
        r"|tr(?:y|ied|ying) to (?:kill|murder)|(?:nearly|almost) (?:died|killed|dead)"
        r"|fractured|unconscious|knocked out|intensive care"
        r"|\blife[- ](?:threatening|(?:(?:was|is) )?(?:in danger|at risk))"
    ),
    "held": re.compile(
        r"kidnap|abduct|hostage|by force|against (?:my|his|her|their|our) will"
        r"|(?:locked|tied) (?:me|us|him|her|them) (?:in|up)\b"
        r"|(?:would ?n.?t|didn.?t|did not|would not) let (?:me|us|him|her|them) (?:go|leave|out)"
    ),
}
BARE_YES = re.compile(
    r"\W*(?:yes|yeah|yep|yup|y|ok|okay|sure)(?: (?:please|it is|thats fine|that is))?\W*", re.I
)
# A no, or that it is not safe: not `no one else reads it`, nor `not before six`.
NOT_SAFE = re.compile(
    r"^\W*(?:no|nope|nah|na|never|not (?:really|at all|safe))\b"
    r"(?! ?(?:one|body|problem|worries|more|earlier|later|calls?|messages?|voice ?mails?)\b)"
    r"(?!,? (?:that|it)(?:'?s| is) (?:all right|alright|fine|ok|okay|safe)\b)"
    r"|\b(?:not|never|isn'?t|wouldn'?t be) (?:\w+ )?safe\b"
    r"(?! (?:at|in|on|before|after|when)\b)",
    re.IGNORECASE,
)
# Asked back: `what's the point after all this time`. `When he is out` is an answer.
ASKED_BACK = re.compile(
    r"^\W*(?:but |and |so )?(?:what|why|who|whose|which|how)(?:'?s|'?re)?\b", re.I
)
ONLY_ME = re.compile(r"\b(?:no ?one|nobody|only me|just me)\b", re.IGNORECASE)
# None of what is offered, whatever else follows; also said a second time.
NONE_OF_IT = re.compile(
    r"\W*(?:i (?:have )?(?:already |just )?(?:said|told you|put|wrote)\W+)?(?:no+\W+)?"
    r"(?:none|nothing|neither)\b(?: of (?:those|these|them|that|the above|it))?"
    r"(?=\W*(?:$|[.,;!?\n]|and\b|but\b|thanks?\b|please\b))",
    re.IGNORECASE,
)


def meant(turn: Turn) -> Found:
    """The field and value that an answer means because of its question; None when none."""
    reader = ANSWERS.get(turn.asked) if turn.asked else None
    return reader(turn) if reader else None


def _safe_now(turn: Turn) -> Found:
    """A yes in whatever words; a message that carries any risk says nothing about being safe."""
    return ("safe_now", True) if turn.intent == "affirm" and turn.disposition == "none" else None


def _needs(turn: Turn) -> Found:
    none = turn.intent == "deny" or NONE_OF_IT.match(turn.text)
    return ("needs", dict.fromkeys(NEEDS, 0)) if none else None


def _consent(turn: Turn) -> Found:
    """Asked for nothing else, a no in whatever words is a no."""
    said = agreement(replace(turn, disposition="none"))  # who is in danger may agree all the same
    opens_no = opens_with_no(turn.text)
    if turn.intent == "affirm" and not opens_no and ONLY_RIGHT.fullmatch(_straight(turn.text)):
        said = Agreement.YES
    no = turn.intent == "deny" or (said is Agreement.UNSURE and opens_no)
    return _agreed(Agreement.NO if no and said is not Agreement.YES else said)


def _consent_with_summary(turn: Turn) -> Found:
    """One yes says both, a mere `that's right` does not; a mere no may be about either."""
    said = agreement(turn)
    return _agreed(said) if turn.asks_consent or said is Agreement.NO else None


def _agreed(said: Agreement | None) -> Found:
    answers = {Agreement.YES: True, Agreement.NO: False}
    return ("consent", answers[said]) if said in answers else None


def _repeated(turn: Turn) -> Found:
    answers = {"affirm": True, "deny": False}
    return ("repeated", answers[turn.intent]) if turn.intent in answers else None


def _vulnerability(turn: Turn) -> Found:
    if turn.intent == "deny" or NONE_OF_IT.match(turn.text):
        return "vulnerability", []
    if turn.intent in ("skip", "not_sure"):
        return None
    words = turn.text.lower()
    told = [name for name, cue in VULNERABLE.items() if cue.search(words)]
    return ("vulnerability", told) if told else None


def _contact(turn: Turn) -> Found:
    return ("contact", {"wanted": False}) if turn.intent in ("deny", "refuse_person") else None


def _contact_safe(turn: Turn) -> Found:
    """Whatever is said about being safe to reach, a co-ordinator must read in their words."""
    if turn.intent in MAY_BE_HOURS and hours_of(turn.text):
        return "contact", {"safe_times": turn.text[:LONGEST]}
    asks = turn.intent.startswith("ask_") or ASKED_BACK.match(_straight(turn.text))
    if turn.intent in NO_ANSWER or asks:
        return None
    if turn.intent == "refuse_person":
        return "contact", {"wanted": False}
    if says_not_safe(turn):
        return "contact", not_safe(turn.how)
    if BARE_YES.fullmatch(_straight(turn.text)):
        return "contact", {"safe_times": Times.AS_TOLD}
    return "contact", {"safe_times": turn.text[:LONGEST]}


def says_not_safe(turn: Turn) -> bool:
    """Whether an answer to a question whether something is safe says no."""
    said = _straight(turn.text)
    return (turn.intent == "deny" and not ONLY_ME.search(said)) or bool(NOT_SAFE.search(said))


def _straight(text: str) -> str:
    """A text with the apostrophes that patterns are written with."""
    return text.replace("\u2019", "'")


def not_safe(how: str | None) -> dict[str, Any]:
    """What a no to `is it safe` takes back: the way of contact that it was about."""
    return {"avoid": [how]} if how else {"safe_to_leave_message": False}


# Asked when it is safe, `doesn't matter` and `not till six` are answers.
MAY_BE_HOURS = frozenset({"skip", "not_sure", "deny", "off_topic"})
NO_ANSWER = frozenset(
    {"skip", "not_sure", "go_back", "already_told", "stop", "start_again", "goodbye"}
    | {"find_services", "more_services", "rude", "off_topic", "correct"}
)

ANSWERS: dict[Slot, Callable[[Turn], Found]] = {
    Slot.SAFE_NOW: _safe_now,
    Slot.NEEDS: _needs,
    Slot.CONSENT: _consent,
    Slot.CONFIRM_SUMMARY: _consent_with_summary,
    Slot.WHICH: _consent_with_summary,
    Slot.REPEATED: _repeated,
    Slot.VULNERABILITY: _vulnerability,
    Slot.CONTACT: _contact,
    Slot.CONTACT_SAFE: _contact_safe,
}

"""From a turn to the facts it tells: what was read in the words, and what a choice says."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from actions.names import Slot
from actions.reading import Choice, Turn
from actions.tongues import UNDETERMINED
from knowledge.assessment.contact import HOW, TIMES
from knowledge.assessment.model import FIELDS, NEEDS, ROLES, Fact
from knowledge.entitlements import TOLD

# Questions are named as people would; fields as the record has them.
QUESTION_OF = {"occurred": "when", "place": "where"}
# A message that is all about one field changes what was told of it before.
ABOUT = {
    "tell_when": "occurred",
    "tell_where": "place",
    "tell_role": "role",
    "tell_reported": "reported",
    "tell_contact": "contact",
    "tell_safe": "safe_now",
}
TAKES_BACK = re.compile(
    r"\W*(?:no|wait|oh|ah|oops|hang on|sorry|actually|well)?[\s,.]*"
    r"(?:(?:no )?sorry|wait|actually|hang on|i meant|i mean|correction|scrap that|my mistake)\b",
    re.IGNORECASE,
)
LONGEST = 160  # characters of a person's own words in the record
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
    "targeted": re.compile(r"again|keeps?\b|picked on|target|every (?:day|week|night)"),
}

BARE_YES = re.compile(
    r"\W*(?:yes|yeah|yep|yup|y|ok|okay|sure)(?: (?:please|it is|thats fine|that is))?\W*", re.I
)

BESIDE = frozenset({"crime_type", "reported", "repeated", "safe_now"})

Found = tuple[str, Any] | None


def facts_of_turn(turn: Turn) -> list[Fact]:
    """All facts of a message in the form that knowledge keeps."""
    found = _of_choice(turn, turn.choice) if turn.choice else [*_of_words(turn), *_language(turn)]
    return [
        Fact(name=name, value=value, message=turn.message, as_said=as_said, in_passing=in_passing)
        for name, value, as_said, in_passing in found
        if name in FIELDS and not _safe_in_danger(turn, name, value)
    ]


def _language(turn: Turn) -> Iterator[tuple[str, Any, str, bool]]:
    """The language somebody writes in, whatever else is done with the message."""
    if turn.language and turn.language != UNDETERMINED:
        yield "contact", {"language": turn.language}, turn.text[:LONGEST], True


def _safe_in_danger(turn: Turn, name: str, value: Any) -> bool:
    """Whoever writes of a risk is not taken to be safe, whatever else they say."""
    return name == "safe_now" and value is True and turn.disposition != "none"


def _of_choice(turn: Turn, choice: Choice) -> list[tuple[str, Any, str, bool]]:
    if choice.name == "clarify":
        return [*_cleared(turn, choice.value)]
    reader = CHOICES.get(choice.name)
    found = reader(turn, choice.value) if reader else None
    return [(*found, turn.text, False)] if found else []


def _of_words(turn: Turn) -> Iterator[tuple[str, Any, str, bool]]:
    told = [_fitting(fact) for fact in turn.facts]
    changes = turn.intent == "correct" or bool(TAKES_BACK.match(turn.text))
    # what is told where the summary is read back puts it right
    reads_back = turn.asked in (Slot.CONFIRM_SUMMARY, Slot.WHICH) and turn.intent != "affirm"
    names = {fact["name"] for fact in told}
    if changes and names & {"place", "occurred", "contact"}:
        # "no, I meant Hatfield" is about the place: neither a no to what was asked, nor a crime
        told = [fact for fact in told if fact["name"] not in BESIDE or _says_more(fact)]
    for fact in told:
        name, value = fact["name"], fact["value"]
        if name == "needs" and turn.asked is Slot.NEEDS:
            value = dict.fromkeys(NEEDS, 0) | value  # asked, and not mentioned
        asked = QUESTION_OF.get(name, name) == turn.question
        yield (
            name,
            value,
            fact["as_said"],
            not (asked or changes or reads_back or ABOUT.get(turn.intent) == name),
        )
    meant = _meant(turn)
    if meant and meant[0] not in names:
        yield *meant, turn.text[:LONGEST], False
    elif turn.asked is Slot.CLARIFY and not names & {"place", "occurred"}:
        yield from _cleared(turn, turn.text.lower())


def _says_more(fact: dict[str, Any]) -> bool:
    return fact["name"] == "reported" and "police" in fact["as_said"].lower()


def _fitting(fact: dict[str, Any]) -> dict[str, Any]:
    """A fact as the record holds it."""
    if fact["name"] == "under_18":
        return fact | {"name": "vulnerability", "value": ["under_18"]}
    if fact["name"] == "contact":
        adjustments = [one.replace(" ", "_") for one in fact["value"].get("adjustments", ())]
        return fact | {"value": fact["value"] | {"adjustments": adjustments}}
    return fact


def _meant(turn: Turn) -> Found:
    """What an answer means only because of the question."""
    reader = ANSWERS.get(turn.asked) if turn.asked else None
    return reader(turn) if reader else None


def _safe_now_meant(turn: Turn) -> Found:
    """A yes in whatever words; a message that carries any risk says nothing about being safe."""
    return ("safe_now", True) if turn.intent == "affirm" and turn.disposition == "none" else None


def _needs_meant(turn: Turn) -> Found:
    return ("needs", dict.fromkeys(NEEDS, 0)) if turn.intent == "deny" else None


def _consent_meant(turn: Turn) -> Found:
    meant = {"affirm": True, "deny": False, "refuse_person": False}
    return ("consent", meant[turn.intent]) if turn.intent in meant else None


def _repeated_meant(turn: Turn) -> Found:
    meant = {"affirm": True, "deny": False}
    return ("repeated", meant[turn.intent]) if turn.intent in meant else None


def _vulnerability_meant(turn: Turn) -> Found:
    if turn.intent == "deny":
        return "vulnerability", []
    if turn.intent in ("skip", "not_sure"):
        return None
    words = turn.text.lower()
    told = [name for name, cue in VULNERABLE.items() if cue.search(words)]
    return ("vulnerability", told) if told else None


def _contact_meant(turn: Turn) -> Found:
    return ("contact", {"wanted": False}) if turn.intent in ("deny", "refuse_person") else None


def _contact_safe_meant(turn: Turn) -> Found:
    """Whatever is said about being safe to reach, a co-ordinator must read in their words."""
    if turn.intent in NO_ANSWER or turn.intent.startswith("ask_"):
        return None
    if BARE_YES.fullmatch(turn.text):
        return "contact", {"safe_times": "safe, as told"}
    return "contact", {"safe_times": turn.text[:LONGEST]}


NO_ANSWER = frozenset(
    {"skip", "not_sure", "deny", "go_back", "already_told", "stop", "start_again", "goodbye"}
    | {"find_services", "more_services", "rude", "off_topic", "correct"}
)

ANSWERS: dict[Slot, Callable[[Turn], Found]] = {
    Slot.SAFE_NOW: _safe_now_meant,
    Slot.NEEDS: _needs_meant,
    Slot.CONSENT: _consent_meant,
    Slot.REPEATED: _repeated_meant,
    Slot.VULNERABILITY: _vulnerability_meant,
    Slot.CONTACT: _contact_meant,
    Slot.CONTACT_SAFE: _contact_safe_meant,
}

TIME_WORDS = re.compile(r"\b(?:month|time|last|when|date)\b")
PLACE_WORDS = re.compile(r"\b(?:town|place|village|where)\b")


def _cleared(turn: Turn, said: str) -> Iterator[tuple[str, Any, str, bool]]:
    """The one of several meanings that was chosen: by its number, or by a word for its kind."""
    options = (turn.clearing or {}).get("options", [])
    for number, option in enumerate(options):
        cue = PLACE_WORDS if option["name"] == "place" else TIME_WORDS
        alone = sum(one["name"] == option["name"] for one in options) == 1
        if said == str(number) or (alone and cue.search(said)):
            yield option["name"], option["value"], option["as_said"], False
            return


def _one_of(field: str, allowed: tuple[str, ...]) -> Callable[[Turn, str], Found]:
    return lambda _turn, value: (field, value) if value in allowed else None


def _yes_or_no(field: str) -> Callable[[Turn, str], Found]:
    return lambda _turn, value: (field, value == "yes") if value in ("yes", "no") else None


def _when(turn: Turn, value: str) -> Found:
    days = {
        "today": (0, 0),
        "yesterday": (1, 1),
        "last_week": (7 + turn.today.weekday(), 1 + turn.today.weekday()),  # Monday to Sunday
    }
    if value not in days:
        return None
    first, last = (turn.today - timedelta(days=back) for back in days[value])
    said = value.replace("_", " ")
    return "occurred", {"from": first.isoformat(), "to": last.isoformat(), "as_said": said}


def _role(_turn: Turn, value: str) -> Found:
    role = "other" if value == "professional" else value
    return ("role", role) if role in ROLES else None


def _needs(_turn: Turn, value: str) -> Found:
    chosen = [one for one in value.split(",") if one in NEEDS]
    if not chosen and value != "none":
        return None
    return "needs", dict.fromkeys(NEEDS, 0) | dict.fromkeys(chosen, 1)


def _vulnerability(_turn: Turn, value: str) -> Found:
    chosen = [one for one in value.split(",") if one in TOLD]
    return ("vulnerability", chosen) if chosen or value == "none" else None


def _contact(_turn: Turn, value: str) -> Found:
    if value == "none":
        return "contact", {"wanted": False}
    return ("contact", {"how": value}) if value in HOW else None


ANY_TIME = {"safe_times": "any time", "times": list(TIMES)}


def _contact_safe(turn: Turn, value: str) -> Found:
    meant = {
        "any": ANY_TIME,
        "any_and_message": {**ANY_TIME, "safe_to_leave_message": True},
        "seen": {"safe_times": turn.text},
    }
    return ("contact", meant[value]) if value in meant else None


CHOICES: dict[str, Callable[[Turn, str], Found]] = {
    "safe_now": _yes_or_no("safe_now"),
    "when": _when,
    "reported": _one_of("reported", ("yes", "no", "does_not_want")),
    "repeated": _yes_or_no("repeated"),
    "role": _role,
    "needs": _needs,
    "vulnerability": _vulnerability,
    "contact": _contact,
    "contact_safe": _contact_safe,
    "consent": _yes_or_no("consent"),
}
# Choices that tell nothing new: they decide how the questions go on (actions/questions.py).
STEERING = frozenset({"which", "start_again", "confirm_summary", "clarify"})

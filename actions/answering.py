"""From a turn to the facts it tells: what was read in the words, and what a choice says."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from actions.meant import LONGEST, Found, Times, meant, not_safe
from actions.names import Slot
from actions.reading import Choice, Turn
from actions.told_times import understood
from actions.tongues import UNDETERMINED
from actions.wording import Wording
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
THIS_WAY = "this_way"  # nlu/facts/contact_seen.py: a warning that names no way
BY_NUMBER = "by_number"  # nlu/facts/contact_ways.py: only a telephone number names the way
TAKES_BACK = re.compile(
    r"\W*(?:no|wait|oh|ah|oops|hang on|sorry|actually|well)?[\s,.]*"
    r"(?:(?:no )?sorry|wait|actually|hang on|i meant|i mean|correction|scrap that|my mistake|"
    r"(?:i )?tell a lie)\b",
    re.IGNORECASE,
)
# Put right beside an answer to something else: `outside the station. Sorry it was tuesday`.
PUT_RIGHT = re.compile(
    r"\b(?:sorry|actually|hang on|no),? (?:it|that|this|not|wrong|make that|i (?:said|meant)|"
    r"the \w+ (?:was|were))\b"
    r"|\b(?:it|that) (?:wasn['’]?t|was not|isn['’]?t|is not)\b"
    r"|\b(?:it|that) was (?:[\w'’]+ ){1,4}not (?:on |in |at )?[\w'’]+(?=\W*$|[.,;!])"
    r"|(?:^|[.!?,;]\s*|\b(?:no|oh|ah)\s+)(?:wait|hang on|hold on|oops)\b[^.!?]{0,25}"
    r"\b(?:it|that|this) (?:was|is)\b"
    r"|\b(?:tell a lie|my mistake|i meant|correction|scra(?:p|tch) that|misread|mistyped|mixed up|"
    r"(?:got|put|gave) (?:it|that|you|the \w+) (?:the )?wrong|"
    r"wrong (?:day|date|month|ref\w*|number)|(?:ignore|forget) (?:that|the|what))\b",
    re.IGNORECASE,
)
SAFE = re.compile(r"\bi['\u2019]?m safe\b", re.IGNORECASE)
MAY_BE_PUT_RIGHT = frozenset({"occurred", "place", "crime_reference"})
NEAR = 60  # characters
AFRESH = {Slot.NEEDS: "needs", Slot.VULNERABILITY: "vulnerability"}
# Told where the summary is read back, it is one more: `yes, but they also used my card`.
ONE_MORE = re.compile(
    r"\b(?:also|as well|too|on top of (?:that|it)|another thing)\b", re.IGNORECASE
)
IT_WAS = re.compile(r"\b(?:it|that) (?:was|is|were) (?:an? |more )?(?:an? )?$", re.IGNORECASE)
BESIDE = frozenset({"crime_type", "also", "reported", "repeated", "safe_now"})


def facts_of_turn(turn: Turn, wording: Wording) -> list[Fact]:
    """All facts of a message in the form that knowledge keeps; what nobody worded is worded."""
    words = [*_of_words(turn), *_says_safe(turn), *_language(turn)]
    found = _of_choice(turn, turn.choice) if turn.choice else words
    return [
        Fact(
            name=name,
            value=_in_words(value, turn.text, wording),
            message=turn.message,
            as_said=as_said,
            in_passing=in_passing,
            afresh=_is_picked_afresh(turn, name),
        )
        for name, value, as_said, in_passing in found
        if name in FIELDS and not _safe_in_danger(turn, name, value)
    ]


def _is_picked_afresh(turn: Turn, name: str) -> bool:
    """Whether something is picked where a question was put once more (actions/asking.py).

    What is written there adds to what was told before.
    """
    if turn.choice is None or turn.asked is None or turn.asked != turn.again:
        return False
    return AFRESH.get(turn.asked) == name


def _in_words(value: Any, beside: str, wording: Wording) -> Any:
    times = value.get("safe_times") if isinstance(value, dict) else None
    if not times:
        return value
    if isinstance(times, Times):
        return value | {"safe_times": wording.of("times", times)}
    for limit in value.get("care", ()):
        beside = beside.replace(limit, " ")  # how to use a way, not when
    return value | understood(times, beside, wording)


def _language(turn: Turn) -> Iterator[tuple[str, Any, str, bool]]:
    """The language somebody writes in, whatever else is done with the message."""
    if turn.language and turn.language != UNDETERMINED:
        yield "contact", {"language": turn.language}, turn.text[:LONGEST], True


def _says_safe(turn: Turn) -> Iterator[tuple[str, Any, str, bool]]:
    """What the choice that takes an alarm back says; a choice is not read for facts."""
    if turn.intent == "false_alarm" and SAFE.search(turn.text) and not turn.facts:
        yield "safe_now", True, turn.text[:LONGEST], False


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
    told = [fitting for fact in turn.facts if (fitting := _fitting(fact, turn))]
    takes_back = bool(TAKES_BACK.match(turn.text))
    changes = turn.intent == "correct" or takes_back
    # what is told where the summary is read back puts it right
    reads_back = turn.asked in (Slot.CONFIRM_SUMMARY, Slot.WHICH) and turn.intent != "affirm"
    names = {fact["name"] for fact in told}
    of_another = bool(names & {"place", "occurred", "contact"})
    if (takes_back or (changes and turn.asked)) and of_another:
        # "no, I meant Hatfield" is about the place: neither a no to what was asked, nor a crime;
        # but where nothing was asked yet, a message that sounds like it tells all that it tells
        told = [fact for fact in told if fact["name"] not in BESIDE or _says_more(fact, turn.text)]
    for fact in told:
        name, value = fact["name"], fact["value"]
        if name == "needs" and turn.asked is Slot.NEEDS:
            value = dict.fromkeys(NEEDS, 0) | value  # asked, and not mentioned
        if name == "also" and changes:
            continue  # `you put burglary, it was a robbery` names two and tells one
        one_more = reads_back and name == "crime_type" and ONE_MORE.search(turn.text)
        asked = QUESTION_OF.get(name, name) == turn.question
        yield (
            name,
            value,
            fact["as_said"],
            not (
                asked
                or changes
                or (reads_back and not one_more)
                or ABOUT.get(turn.intent) == name
                or _puts_right(turn.text, fact)
            ),
        )
    # `tell a lie, it was Friday` is no yes to whether it has happened before
    answer = None if takes_back and of_another and turn.asked is Slot.REPEATED else meant(turn)
    if answer and answer[0] not in names:
        yield *answer, turn.text[:LONGEST], False
    elif turn.asked is Slot.CLARIFY and not names & {"place", "occurred"}:
        yield from _cleared(turn, turn.text.lower())


def _puts_right(text: str, fact: dict[str, Any]) -> bool:
    """Whether the words around a fact say that what was told of it before was wrong."""
    start = text.find(fact["as_said"])
    if fact["name"] not in MAY_BE_PUT_RIGHT or start < 0:
        return False
    around = text[max(0, start - NEAR) : start + len(fact["as_said"]) + NEAR]
    return bool(PUT_RIGHT.search(around))


def _says_more(fact: dict[str, Any], text: str) -> bool:
    """Whether a correction of something else puts this right too, in words of its own."""
    said = fact["as_said"]
    if fact["name"] == "crime_type":
        return bool(IT_WAS.search(text[: max(0, text.find(said))]))
    return fact["name"] == "reported" and "police" in said.lower()


def _fitting(fact: dict[str, Any], turn: Turn) -> dict[str, Any] | None:
    """A fact as the record holds it; None for one that says nothing here."""
    if fact["name"] == "under_18":
        return fact | {"name": "vulnerability", "value": ["under_18"]}
    if fact["name"] != "contact":
        return fact
    told = _about_the_way(fact["value"], turn.how)
    if turn.asked is Slot.CONTACT_SAFE and told.keys() == {"care"}:
        told = {"care": [turn.text[:LONGEST]]}  # all of an answer about safety is to be read
    adjustments = [one.replace(" ", "_") for one in told.get("adjustments", ())]
    return fact | {"value": told | {"adjustments": adjustments}} if told else None


def _about_the_way(told: dict[str, Any], how: str | None) -> dict[str, Any]:
    """`She sees them first` is about the way that was told before; a number is one to text too."""
    named = [how if one == THIS_WAY else one for one in told.get("avoid", ())]
    told = told | {"avoid": [one for one in named if one]}
    if told.pop(BY_NUMBER, False) and how == "text":
        del told["how"]  # it is the number for what they called fine
    return {key: one for key, one in told.items() if one != []}


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


ANY_TIME = {"safe_times": Times.ANY, "times": list(TIMES)}


def _contact_safe(turn: Turn, value: str) -> Found:
    chosen = {
        "any": ANY_TIME,
        "any_and_message": {**ANY_TIME, "safe_to_leave_message": True},
        "not_safe": not_safe(turn.how),
        **{part: {"safe_times": Times(part), "times": [part]} for part in TIMES},
    }
    return ("contact", chosen[value]) if value in chosen else None


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
